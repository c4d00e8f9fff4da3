// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/macros.h"
#include "expression/parser.h"
#include "expression/value_text.h"

namespace flow::cel {

NodePtr Parser::parseMember()
{
    return parseMemberOf(parsePrimary());
}

NodePtr Parser::parseMemberOf(NodePtr operand)
{
    while (operand) {
        if (m_token.isSymbol(u"."))
            operand = parseSelection(std::move(operand));
        else if (m_token.isSymbol(u"["))
            operand = parseIndex(std::move(operand));
        else if (m_token.isSymbol(u"{") && (operand->kind == NodeKind::Variable || operand->kind == NodeKind::Select))
            return fail(m_token.start, tr("messages cannot be made here; a map is written {\"name\": value}"));
        else
            break;
    }
    return operand;
}

NodePtr Parser::parseSelection(NodePtr operand)
{
    if (!advance())
        return nullptr;
    const Token field = m_token;
    const bool isPlain = field.kind == TokenKind::Name && !isKeyword(field.text);
    if (!isPlain && field.kind != TokenKind::QuotedName)
        return fail(
            field.start,
            field.kind == TokenKind::End
                ? tr("a name is missing behind the dot")
                : tr("%1 is no name; for a field with this name write [\"...\"]").arg(excerpt(field.text.toString())));
    if (!advance())
        return nullptr;
    if (isPlain && m_token.isSymbol(u"(")) {
        auto arguments = parseArguments(u")");
        return arguments ? finishCall(field.text.toString(), field.start, std::move(operand), std::move(*arguments))
                         : nullptr;
    }
    Nodes children;
    children.push_back(std::move(operand));
    auto node = makeNode(NodeKind::Select, field.start, std::move(children));
    if (node)
        node->name = field.text.toString();
    return node;
}

NodePtr Parser::parseIndex(NodePtr operand)
{
    const qsizetype opened = m_token.start;
    NodePtr index = advance() ? parseExpression() : nullptr;
    if (!index || !expect(u"]", opened, u"["))
        return nullptr;
    Nodes children;
    children.push_back(std::move(operand));
    children.push_back(std::move(index));
    return makeNode(NodeKind::Index, opened, std::move(children));
}

// From the opening bracket to behind the closing one. A comma before the closing one is allowed in lists only.
std::optional<Parser::Nodes> Parser::parseArguments(QStringView closing)
{
    const qsizetype opened = m_token.start;
    const QString opening = m_token.text.toString();
    Nodes items;
    if (!advance() || (closing == u"]" && !skipLoneComma(closing)))
        return std::nullopt;
    while (!m_token.isSymbol(closing)) {
        NodePtr item = parseExpression();
        if (!item)
            return std::nullopt;
        items.push_back(std::move(item));
        if (!m_token.isSymbol(u","))
            break;
        if (!advance())
            return std::nullopt;
        if (m_token.isSymbol(closing) && closing != u"]") {
            failUnexpected();
            return std::nullopt;
        }
    }
    if (!expect(closing, opened, opening))
        return std::nullopt;
    return items;
}

// An empty list or map may have the comma that others may end with.
bool Parser::skipLoneComma(QStringView closing)
{
    if (!m_token.isSymbol(u","))
        return true;
    if (!advance())
        return false;
    if (m_token.isSymbol(closing))
        return true;
    failUnexpected();
    return false;
}

NodePtr Parser::finishCall(QString name, qsizetype offset, NodePtr receiver, Nodes arguments)
{
    Nodes children;
    const bool isMember = receiver != nullptr;
    if (receiver)
        children.push_back(std::move(receiver));
    std::move(arguments.begin(), arguments.end(), std::back_inserter(children));
    auto call = std::make_unique<Node>(Node{.kind = NodeKind::Call, .offset = offset, .name = std::move(name)});
    call->isMember = isMember;
    call->children = std::move(children);
    if (auto failure = expandMacro(*call))
        return fail(failure->offset, failure->reason);
    return finish(std::move(call));
}

} // namespace flow::cel
