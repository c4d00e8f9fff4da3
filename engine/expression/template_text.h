// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/expression.h"

#include <variant>
#include <vector>

namespace flow {

/// One text with expressions in it: `Report for ${input.day}`. `$${` stands for `${` itself. Compile once, expand
/// often; a plain value, any thread.
///
/// A text that is one expression and nothing else keeps the type of its value; otherwise values are written into the
/// text: texts as they are, numbers, bools, null, timestamps and durations as they are written in expressions, lists
/// and maps as JSON. What comes out is never looked at again, so data cannot smuggle in expressions.
class TemplateText
{
public:
    /// Without `scope` names are left unchecked. BadExpression names the column in the whole text.
    static Result<TemplateText> compile(const QString &text, const Scope *scope);

    /// Adds the steps that it took to `cost`, and is an error once these are more than all expressions of a config may
    /// take together.
    Result<QJsonValue> expand(const Expression::Variables &variables, qint64 *cost = nullptr) const;

    /// There is no expression in it.
    bool isPlain() const;
    /// The types that the expanded value may have.
    TypeSet types() const;
    QStringList variables() const;
    /// What its expressions read of a variable that is a map.
    FieldsRead fieldsRead(const QString &variable) const;

private:
    using Piece = std::variant<QString, Expression>;
    std::vector<Piece> m_pieces;
};

} // namespace flow
