// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/parser.h"

#include <cmath>

namespace flow::cel {

NodePtr Parser::parsePrimary()
{
    const Token token = m_token;
    switch (token.kind) {
    case TokenKind::Int:
    case TokenKind::Uint:
    case TokenKind::Double:
        return parseNumber(false, token.start);
    case TokenKind::String:
    case TokenKind::Bytes: {
        auto node = makeNode(NodeKind::Literal, token.start);
        node->value = token.value;
        return advance() ? std::move(node) : nullptr;
    }
    case TokenKind::Name:
        return parseName(false);
    case TokenKind::QuotedName:
        return fail(token.start, tr("a name in backquotes may only follow a dot"));
    case TokenKind::End:
        return failUnexpected();
    case TokenKind::Symbol:
        break;
    }

    if (token.text == u"(") {
        NodePtr inner = advance() ? parseExpression() : nullptr;
        return inner && expect(u")", token.start, u"(") ? std::move(inner) : nullptr;
    }
    if (token.text == u"[")
        return parseList();
    if (token.text == u"{")
        return parseMap();
    if (token.text == u".")
        return advance() ? parseName(true) : nullptr;
    return failUnexpected();
}

NodePtr Parser::parseName(bool isAbsolute)
{
    const Token token = m_token;
    if (token.kind != TokenKind::Name)
        return failUnexpected();
    const QString name = token.text.toString();
    if (!isAbsolute && (token.isWord(u"true") || token.isWord(u"false") || token.isWord(u"null"))) {
        auto literal = makeNode(NodeKind::Literal, token.start);
        literal->value = token.isWord(u"null") ? Value() : Value(token.isWord(u"true"));
        return advance() ? std::move(literal) : nullptr;
    }
    if (isKeyword(token.text))
        return failUnexpected();
    if (isReservedWord(token.text))
        return fail(token.start, tr("%1 is a reserved word and cannot be a name").arg(name));
    if (!advance())
        return nullptr;
    if (m_token.isSymbol(u"(")) {
        auto arguments = parseArguments(u")");
        return arguments ? finishCall(name, token.start, nullptr, std::move(*arguments)) : nullptr;
    }
    auto variable = makeNode(NodeKind::Variable, token.start);
    variable->name = name;
    variable->isAbsolute = isAbsolute;
    return variable;
}

// The text of an int without sign, and its sign; nothing beyond 64 bits.
static std::optional<quint64> toMagnitude(QStringView text)
{
    bool fits = false;
    const bool isHex = text.startsWith(u"0x");
    const quint64 magnitude = isHex ? text.sliced(2).toULongLong(&fits, 16) : text.toULongLong(&fits, 10);
    return fits ? std::optional(magnitude) : std::nullopt;
}

NodePtr Parser::parseNumber(bool isNegative, qsizetype offset)
{
    const Token token = m_token;
    auto node = makeNode(NodeKind::Literal, offset);
    if (token.kind == TokenKind::Double) {
        const double size = token.text.toDouble();
        if (!std::isfinite(size))
            return fail(offset, tr("this number is too large; doubles go up to 1.7976931348623157e308"));
        node->value = Value(isNegative ? -size : size);
        return advance() ? std::move(node) : nullptr;
    }

    const auto magnitude = toMagnitude(token.text);
    if (token.kind == TokenKind::Uint) {
        if (!magnitude)
            return fail(
                offset,
                tr("this number is too large; the largest uint is %1").arg(std::numeric_limits<quint64>::max()));
        node->value = Value(*magnitude);
    } else {
        const quint64 most = quint64(std::numeric_limits<qint64>::max()) + (isNegative ? 1 : 0);
        if (!magnitude || *magnitude > most)
            return fail(offset, tr("this number is too large; ints go from %1 to %2")
                                    .arg(std::numeric_limits<qint64>::min())
                                    .arg(std::numeric_limits<qint64>::max()));
        node->value = Value(qint64(isNegative ? 0 - *magnitude : *magnitude));
    }
    return advance() ? std::move(node) : nullptr;
}

NodePtr Parser::parseList()
{
    const qsizetype opened = m_token.start;
    auto items = parseArguments(u"]");
    return items ? makeNode(NodeKind::List, opened, std::move(*items)) : nullptr;
}

NodePtr Parser::parseMap()
{
    const qsizetype opened = m_token.start;
    Nodes entries;
    if (!advance() || !skipLoneComma(u"}"))
        return nullptr;
    while (!m_token.isSymbol(u"}")) {
        NodePtr key = parseExpression();
        const qsizetype keyOffset = m_token.start;
        if (!key)
            return nullptr;
        if (!m_token.isSymbol(u":"))
            return fail(keyOffset, tr("a map entry needs a : and a value"));
        NodePtr value = advance() ? parseExpression() : nullptr;
        if (!value)
            return nullptr;
        entries.push_back(std::move(key));
        entries.push_back(std::move(value));
        if (!m_token.isSymbol(u","))
            break;
        if (!advance())
            return nullptr;
    }
    return expect(u"}", opened, u"{") ? makeNode(NodeKind::Map, opened, std::move(entries)) : nullptr;
}

} // namespace flow::cel
