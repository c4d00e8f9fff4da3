// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/template_text.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace flow {

namespace {

Error problem(const QString &reason)
{
    return Error{.code = ErrorCode::BadExpression, .reason = reason};
}

bool isTooMuch(qint64 cost)
{
    return cost > ExpressionLimits{}.configCost;
}

Result<QJsonValue> tooMuch()
{
    return problem(QCoreApplication::translate("Expression", "the expressions in this task's settings take too long "
                                                             "together; they were stopped after %1 steps")
                       .arg(ExpressionLimits{}.configCost));
}

/// Shells write their variables in the same way.
Error withHint(Error error, QStringView text)
{
    static const QRegularExpression variable(QStringLiteral("^\\$\\{(#?[A-Z_][A-Z0-9_]*|#[A-Za-z_][A-Za-z0-9_]*|[0-9@*#"
                                                            "!?]|[A-Za-z_][A-Za-z0-9_]*(#|%%|\\^|:[-=?+]).*)\\}"));
    if (variable.match(text.left(200).toString()).hasMatch())
        error.reason += QCoreApplication::translate("Expression", "; ${ begins an expression, for a shell write $${");
    return error;
}

} // namespace

Result<TemplateText> TemplateText::compile(const QString &text, const Scope *scope)
{
    TemplateText result;
    QString plain;
    const auto flush = [&] {
        if (!plain.isEmpty())
            result.m_pieces.emplace_back(std::exchange(plain, {}));
    };
    qsizetype position = 0;
    while (position < text.size()) {
        const qsizetype dollar = text.indexOf(u'$', position);
        const qsizetype end = dollar < 0 ? text.size() : dollar;
        plain += QStringView(text).sliced(position, end - position);
        position = end;
        const QStringView rest = QStringView(text).sliced(position);
        if (rest.startsWith(u"$${")) {
            plain += QStringLiteral("${");
            position += 3;
        } else if (rest.startsWith(u"${")) {
            auto embedded = Expression::compileEmbedded(text, position + 2, scope);
            if (!embedded)
                return withHint(embedded.error(), QStringView(text).sliced(position));
            flush();
            result.m_pieces.emplace_back(std::move(embedded->first));
            position = embedded->second;
        } else if (!rest.isEmpty()) {
            plain += u'$';
            ++position;
        }
    }
    flush();
    return result;
}

Result<QJsonValue> TemplateText::expand(const Expression::Variables &variables, qint64 *cost) const
{
    qint64 own = 0;
    qint64 &spent = cost ? *cost : own;
    if (m_pieces.size() == 1) {
        if (const auto *whole = std::get_if<Expression>(&m_pieces.front())) {
            const auto value = whole->evaluate(variables, &spent);
            return value && isTooMuch(spent) ? tooMuch() : value;
        }
    }
    const qsizetype most = ExpressionLimits{}.textLength;
    QString text = QStringLiteral("");
    for (const Piece &piece : m_pieces) {
        if (const QString *plain = std::get_if<QString>(&piece)) {
            text += *plain;
            continue;
        }
        const auto part = std::get<Expression>(piece).evaluateText(variables, &spent);
        if (!part)
            return part.error();
        if (isTooMuch(spent))
            return tooMuch();
        if (text.size() + part->size() > most)
            return problem(
                QCoreApplication::translate("Expression", "this makes a text of more than %1 characters").arg(most));
        text += *part;
    }
    return QJsonValue(text);
}

bool TemplateText::isPlain() const
{
    return std::none_of(m_pieces.begin(), m_pieces.end(),
                        [](const Piece &piece) { return std::holds_alternative<Expression>(piece); });
}

TypeSet TemplateText::types() const
{
    const auto *whole = m_pieces.size() == 1 ? std::get_if<Expression>(&m_pieces.front()) : nullptr;
    return whole ? whole->types() : TypeSet(ValueType::String);
}

QStringList TemplateText::variables() const
{
    QStringList names;
    for (const Piece &piece : m_pieces) {
        if (const auto *expression = std::get_if<Expression>(&piece))
            names += expression->variables();
    }
    names.removeDuplicates();
    return names;
}

FieldsRead TemplateText::fieldsRead(const QString &variable) const
{
    FieldsRead read;
    for (const Piece &piece : m_pieces) {
        if (const auto *expression = std::get_if<Expression>(&piece))
            read.add(expression->fieldsRead(variable));
    }
    return read;
}

} // namespace flow
