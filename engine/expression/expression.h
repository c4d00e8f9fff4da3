// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "expression/fields_read.h"
#include "expression/limits.h"
#include "expression/shape.h"
#include "expression/value.h"

#include <QJsonValue>
#include <QMap>
#include <QString>
#include <QStringList>

#include <memory>

namespace flow {

/// A compiled expression in CEL (Common Expression Language): no loops, no side effects, always ends. Compile once,
/// evaluate often; immutable, cheap to copy, any thread.
class Expression
{
public:
    /// Values of the variables, as JSON: whole numbers are ints.
    using Variables = QMap<QString, QJsonValue>;

    /// Parses and checks. BadExpression names the column (from 1), the rule and, for a misspelt name, what was likely
    /// meant. `variables` are the names that exist; an empty list leaves names unchecked.
    static Result<Expression> compile(const QString &text, const QStringList &variables = {});
    /// The same where more is known of the variables: fields that do not exist and types that cannot fit are found,
    /// too.
    static Result<Expression> compile(const QString &text, const Scope &scope, const ExpressionLimits &limits = {});
    /// Parses only: whatever is wrong with names and types shows when it is evaluated.
    static Result<Expression> parse(const QString &text, const ExpressionLimits &limits = {});

    /// The value as JSON. BadExpression when it fails (unknown key, wrong types, overflow, cost limit) with the column.
    /// Adds the steps that it took to `cost`.
    Result<QJsonValue> evaluate(const Variables &variables, qint64 *cost = nullptr) const;
    /// The value as it stands in a text: texts as they are, numbers, bools, null, timestamps and durations as they are
    /// written in expressions, lists and maps as JSON.
    Result<QString> evaluateText(const Variables &variables, qint64 *cost = nullptr) const;
    /// The same where only a bool makes sense: any other type is an error.
    Result<bool> evaluateBool(const Variables &variables) const;

    /// The value with its exact type.
    Result<Value> evaluateValue(const Variables &variables) const;
    Result<Value> evaluateValue(const Values &variables) const;

    /// What was compiled; of an expression in a template the whole template.
    QString text() const;
    /// The types that the value may have, as far as that is known before.
    TypeSet types() const;
    /// Names of the variables that the value depends on.
    QStringList variables() const;
    /// What it reads of a variable that is a map.
    FieldsRead fieldsRead(const QString &variable) const;

private:
    friend class TemplateText;
    struct Compiled;
    explicit Expression(std::shared_ptr<const Compiled> compiled)
        : m_compiled(std::move(compiled))
    {
    }
    /// The expression that starts at `start` of a template's text, and where the text goes on behind its `}`.
    static Result<std::pair<Expression, qsizetype>> compileEmbedded(const QString &text, qsizetype start,
                                                                    const Scope *scope);
    static Result<Expression> finish(Compiled compiled, const Scope *scope, bool isChecked);
    template <typename Named>
    Result<Value> evaluateWith(const Named &variables, qint64 *cost = nullptr) const;
    Error problem(const QString &reason) const;

    std::shared_ptr<const Compiled> m_compiled;
};

} // namespace flow
