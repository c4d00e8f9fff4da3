// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/parser.h"

#include "expression/value_text.h"

#include <array>

namespace flow::cel {

bool isKeyword(QStringView word)
{
    static constexpr std::array<QStringView, 4> words = {u"true", u"false", u"null", u"in"};
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool isReservedWord(QStringView word)
{
    static constexpr std::array<QStringView, 18> words = {
        u"as",  u"break", u"const",   u"continue",  u"else",   u"for", u"function", u"if",    u"import",
        u"let", u"loop",  u"package", u"namespace", u"return", u"var", u"void",     u"while", u"in"};
    return std::find(words.begin(), words.end(), word) != words.end();
}

NodePtr Parser::parseRoot(TokenKind end, const QString &missing)
{
    if (!advance())
        return nullptr;
    const bool isEmpty = m_token.kind == end && (end == TokenKind::End || m_token.text == u"}");
    return isEmpty ? fail(m_token.start, missing) : parseExpression();
}

std::variant<NodePtr, Failure> Parser::parse()
{
    NodePtr root = parseRoot(TokenKind::End, tr("an expression is missing"));
    if (root && m_token.kind != TokenKind::End)
        root = failUnexpected();
    return result(std::move(root));
}

std::variant<NodePtr, Failure> Parser::parseUntilBrace()
{
    NodePtr root = parseRoot(TokenKind::Symbol, tr("an expression is missing between ${ and }"));
    if (root && !m_token.isSymbol(u"}"))
        root = m_token.kind == TokenKind::End ? fail(m_token.start, tr("a closing } is missing")) : failUnexpected();
    m_position = m_token.end;
    return result(std::move(root));
}

std::variant<NodePtr, Failure> Parser::result(NodePtr root)
{
    if (!root)
        return *m_failure;
    return root;
}

NodePtr Parser::parseExpression()
{
    if (++m_depth > m_limits.depth)
        return fail(m_token.start, tr("this is nested too deeply; at most %1 levels are possible").arg(m_limits.depth));
    NodePtr condition = parseBinary(0);
    if (condition && m_token.isSymbol(u"?")) {
        const qsizetype offset = m_token.start;
        NodePtr yes = advance() ? parseBinary(0) : nullptr;
        NodePtr no = yes && expect(u":", offset, u"?") ? parseExpression() : nullptr;
        if (!no)
            return nullptr;
        Nodes parts;
        parts.push_back(std::move(condition));
        parts.push_back(std::move(yes));
        parts.push_back(std::move(no));
        condition = makeNode(NodeKind::Conditional, offset, std::move(parts));
    }
    --m_depth;
    return condition;
}

NodePtr Parser::makeNode(NodeKind kind, qsizetype offset, Nodes children)
{
    return finish(std::make_unique<Node>(Node{.kind = kind, .offset = offset, .children = std::move(children)}));
}

// Knows how high the tree is, so that nothing that walks it can run out of stack.
NodePtr Parser::finish(NodePtr node)
{
    for (const NodePtr &child : node->children)
        node->height = std::max(node->height, child->height + 1);
    if (node->height > m_limits.depth)
        return fail(node->offset, tr("this is nested too deeply; at most %1 levels are possible").arg(m_limits.depth));
    return node;
}

NodePtr Parser::fail(qsizetype offset, const QString &reason)
{
    if (!m_failure)
        m_failure = Failure{offset, reason};
    return nullptr;
}

NodePtr Parser::failUnexpected()
{
    if (m_token.kind == TokenKind::End)
        return fail(m_token.start, tr("something is missing at the end"));
    const QString text = m_token.text.toString();
    if (text.compare(u"and", Qt::CaseInsensitive) == 0)
        return fail(m_token.start, tr("\"and\" is written &&"));
    if (text.compare(u"or", Qt::CaseInsensitive) == 0)
        return fail(m_token.start, tr("\"or\" is written ||"));
    return fail(m_token.start, tr("%1 was not expected here").arg(excerpt(text)));
}

bool Parser::advance()
{
    auto token = m_lexer.next();
    if (!token) {
        fail(m_lexer.failure().offset, m_lexer.failure().reason);
        return false;
    }
    m_token = std::move(*token);
    return true;
}

bool Parser::expect(QStringView symbol, qsizetype opened, QStringView opening)
{
    if (m_token.isSymbol(symbol))
        return advance();
    if (m_token.kind == TokenKind::End)
        fail(opened, tr("this %1 needs a %2").arg(opening, symbol));
    else
        failUnexpected();
    return false;
}

} // namespace flow::cel
