// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QJsonValue>
#include <QMap>
#include <QString>
#include <QStringList>

#include <memory>

namespace flow {

/// A compiled expression in CEL (Common Expression Language): no loops, no side effects, always ends. Compile once, evaluate
/// often; immutable, cheap to copy, any thread.
class Expression
{
public:
    /// Values of the variables, as JSON: whole numbers are ints.
    using Variables = QMap<QString, QJsonValue>;

    /// Parses and checks. BadExpression names the column (from 1), the rule and, for a misspelt name, what was likely meant.
    /// `variables` are the names that exist; an empty list leaves names unchecked.
    static Result<Expression> compile(const QString &text, const QStringList &variables = {});

    /// The value as JSON. BadExpression when it fails (unknown key, wrong types, overflow, cost limit) with the column.
    Result<QJsonValue> evaluate(const Variables &variables) const;
    /// The same where only a bool makes sense: any other type is an error.
    Result<bool> evaluateBool(const Variables &variables) const;

    QString text() const;

private:
    struct Compiled;
    explicit Expression(std::shared_ptr<const Compiled> compiled);
    std::shared_ptr<const Compiled> m_compiled;
};

} // namespace flow
