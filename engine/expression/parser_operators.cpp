// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/parser.h"

#include <array>

namespace flow::cel {

namespace {

struct Binary
{
    QStringView text;
    int level; ///< higher binds tighter
    NodeKind kind;
    Operator op = Operator::Add; ///< of Arithmetic and Compare
};

constexpr int orLevel = 0;
constexpr int andLevel = 1;
constexpr int compareLevel = 2;
constexpr int addLevel = 3;
constexpr int multiplyLevel = 4;

constexpr std::array<Binary, 14> binaries = {{
    {u"||", orLevel, NodeKind::Or},
    {u"&&", andLevel, NodeKind::And},
    {u"==", compareLevel, NodeKind::Compare, Operator::Equal},
    {u"!=", compareLevel, NodeKind::Compare, Operator::NotEqual},
    {u"<", compareLevel, NodeKind::Compare, Operator::Less},
    {u"<=", compareLevel, NodeKind::Compare, Operator::LessOrEqual},
    {u">", compareLevel, NodeKind::Compare, Operator::Greater},
    {u">=", compareLevel, NodeKind::Compare, Operator::GreaterOrEqual},
    {u"in", compareLevel, NodeKind::In},
    {u"+", addLevel, NodeKind::Arithmetic, Operator::Add},
    {u"-", addLevel, NodeKind::Arithmetic, Operator::Subtract},
    {u"*", multiplyLevel, NodeKind::Arithmetic, Operator::Multiply},
    {u"/", multiplyLevel, NodeKind::Arithmetic, Operator::Divide},
    {u"%", multiplyLevel, NodeKind::Arithmetic, Operator::Modulo},
}};

const Binary *binaryOf(const Token &token)
{
    if (token.kind != TokenKind::Symbol && token.kind != TokenKind::Name)
        return nullptr;
    const auto found =
        std::find_if(binaries.begin(), binaries.end(), [&](const Binary &b) { return b.text == token.text; });
    return found == binaries.end() ? nullptr : found;
}

} // namespace

NodePtr Parser::parseBinary(int level)
{
    NodePtr left = parseUnary();
    bool isOpen = false;
    int openLevel = -1;
    while (left) {
        const Binary *binary = binaryOf(m_token);
        if (!binary || binary->level < level)
            break;
        const Token op = m_token;
        NodePtr right = advance() ? parseBinary(binary->level + 1) : nullptr;
        if (!right)
            return nullptr;
        isOpen = isOpen && openLevel == binary->level;
        left = joinBinary(std::move(left), op, std::move(right), &isOpen);
        openLevel = binary->level;
    }
    return left;
}

// Long chains of one level become one node, so that they cost neither stack nor depth. `isOpen`: `left` is such a
// chain, made here and not in brackets.
NodePtr Parser::joinBinary(NodePtr left, const Token &op, NodePtr right, bool *isOpen)
{
    const Binary &binary = *binaryOf(op);
    const bool canGrow = binary.kind != NodeKind::Compare && binary.kind != NodeKind::In;
    if (*isOpen && canGrow) {
        left->children.push_back(std::move(right));
        if (binary.kind == NodeKind::Arithmetic)
            left->steps.push_back({binary.op, op.start});
        return finish(std::move(left));
    }
    Nodes operands;
    operands.push_back(std::move(left));
    operands.push_back(std::move(right));
    auto joined = makeNode(binary.kind, op.start, std::move(operands));
    if (joined && (binary.kind == NodeKind::Arithmetic || binary.kind == NodeKind::Compare))
        joined->steps.push_back({binary.op, op.start});
    *isOpen = canGrow;
    return joined;
}

NodePtr Parser::parseUnary()
{
    if (!m_token.isSymbol(u"!") && !m_token.isSymbol(u"-"))
        return parseMember();
    const bool isNot = m_token.isSymbol(u"!");
    std::vector<qsizetype> offsets;
    while (m_token.isSymbol(isNot ? u"!" : u"-")) {
        offsets.push_back(m_token.start);
        if (!advance())
            return nullptr;
    }

    // The last minus before a number belongs to it: the least int has no positive counterpart.
    NodePtr operand;
    const bool isNumber = m_token.kind == TokenKind::Int || m_token.kind == TokenKind::Double;
    if (!isNot && isNumber) {
        operand = parseMemberOf(parseNumber(true, offsets.back()));
        offsets.pop_back();
    } else {
        operand = parseMember();
    }
    for (; operand && !offsets.empty(); offsets.pop_back()) {
        Nodes children;
        children.push_back(std::move(operand));
        operand = makeNode(isNot ? NodeKind::Not : NodeKind::Negate, offsets.back(), std::move(children));
    }
    return operand;
}

} // namespace flow::cel
