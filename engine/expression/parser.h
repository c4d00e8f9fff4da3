// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/ast.h"
#include "expression/failure.h"
#include "expression/lexer.h"
#include "expression/limits.h"

#include <variant>

namespace flow::cel {

/// Builds the tree of one expression by recursive descent. Lives for one parse.
class Parser
{
    Q_DECLARE_TR_FUNCTIONS(Expression)

public:
    Parser(QStringView text, const ExpressionLimits &limits, qsizetype start = 0)
        : m_lexer(text, start)
        , m_limits(limits)
        , m_position(start)
    {
    }

    /// The whole text as one expression.
    std::variant<NodePtr, Failure> parse();
    /// An expression that ends at a `}` of its surroundings; afterwards position() is behind that.
    std::variant<NodePtr, Failure> parseUntilBrace();
    qsizetype position() const { return m_position; }
    /// After a failure: it was looking for more when the text was over.
    bool hasReachedEnd() const { return m_token.kind == TokenKind::End || m_lexer.isUnclosed(); }

private:
    using Nodes = std::vector<NodePtr>;

    // Each returns null after a failure, which is kept.
    NodePtr parseRoot(TokenKind end, const QString &missing);
    NodePtr parseExpression();
    NodePtr parseBinary(int level);
    NodePtr parseUnary();
    NodePtr parseMember();
    NodePtr parseMemberOf(NodePtr operand);
    NodePtr parseSelection(NodePtr operand);
    NodePtr parseIndex(NodePtr operand);
    NodePtr parsePrimary();
    NodePtr parseName(bool isAbsolute);
    NodePtr parseNumber(bool isNegative, qsizetype offset);
    NodePtr parseList();
    NodePtr parseMap();
    NodePtr joinBinary(NodePtr left, const Token &op, NodePtr right, bool *isOpen);
    bool skipLoneComma(QStringView closing);
    std::optional<Nodes> parseArguments(QStringView closing);
    NodePtr finishCall(QString name, qsizetype offset, NodePtr receiver, Nodes arguments);

    NodePtr makeNode(NodeKind kind, qsizetype offset, Nodes children = {});
    NodePtr finish(NodePtr node);
    NodePtr fail(qsizetype offset, const QString &reason);
    NodePtr failUnexpected();
    bool advance();
    bool expect(QStringView symbol, qsizetype opened, QStringView opening);
    std::variant<NodePtr, Failure> result(NodePtr root);

    Lexer m_lexer;
    const ExpressionLimits &m_limits;
    Token m_token;
    qsizetype m_position;
    int m_depth = 0;
    std::optional<Failure> m_failure;
};

/// Reserved words may be fields and methods, never variables.
bool isReservedWord(QStringView word);
/// Words of the grammar: they may not even be fields.
bool isKeyword(QStringView word);

} // namespace flow::cel
