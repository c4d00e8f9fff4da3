// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/arithmetic.h"
#include "expression/evaluation.h"
#include "expression/value_access.h"
#include "expression/value_compare.h"

namespace flow::cel {

bool Evaluation::invert(const Node &node, Value &result)
{
    if (!evaluate(*node.children[0], result))
        return false;
    const bool *flag = result.get<bool>();
    if (!flag)
        return fail(*node.children[0], tr("! needs true or false, not %1").arg(typeWord(result.type())));
    result = Value(!*flag);
    return true;
}

bool Evaluation::negated(const Node &node, Value &result)
{
    if (!evaluate(*node.children[0], result))
        return false;
    auto outcome = negate(result);
    if (const auto *problem = std::get_if<ArithmeticProblem>(&outcome)) {
        return fail(node, *problem == ArithmeticProblem::WrongTypes
                              ? tr("- does not work with %1").arg(typeWord(result.type()))
                              : textOf(*problem, Operator::Subtract, {}, {}));
    }
    result = std::move(std::get<Value>(outcome));
    return true;
}

bool Evaluation::arithmetic(const Node &node, Value &result)
{
    if (!evaluate(*node.children[0], result))
        return false;
    for (size_t i = 0; i < node.steps.size(); ++i) {
        Value right;
        if (!evaluate(*node.children[i + 1], right) || !step(node, node.steps[i], result, right))
            return false;
    }
    return true;
}

bool Evaluation::step(const Node &node, const Node::Step &step, Value &result, const Value &right)
{
    bool isDone = false;
    if (step.op == Operator::Add && !concatenate(node, result, right, &isDone))
        return false;
    if (isDone)
        return true;
    auto outcome = calculate(step.op, result, right);
    if (const auto *problem = std::get_if<ArithmeticProblem>(&outcome))
        return fail(step.offset, textOf(*problem, step.op, typeWord(result.type()), typeWord(right.type())));
    result = std::move(std::get<Value>(outcome));
    return true;
}

// Texts, bytes and lists behind each other; `isDone` stays false for everything else.
bool Evaluation::concatenate(const Node &node, Value &result, const Value &right, bool *isDone)
{
    if (result.type() != right.type())
        return true;
    if (const auto *text = result.get<QString>()) {
        const auto &other = *right.get<QString>();
        *isDone = allowText(node, text->size() + other.size());
        if (*isDone)
            result = Value(*text + other);
        return *isDone;
    }
    if (const auto *bytes = result.get<QByteArray>()) {
        const auto &other = *right.get<QByteArray>();
        *isDone = allowText(node, bytes->size() + other.size());
        if (*isDone)
            result = Value(*bytes + other);
        return *isDone;
    }
    if (result.type() != ValueType::List)
        return true;
    *isDone = allowList(node, sizeOf(result) + sizeOf(right));
    if (!*isDone)
        return false;
    const QList<Value> more = itemsOf(right);
    const QList<Value> items = itemsOf(result) + more;
    chargeItems(result.get<QJsonArray>() ? items : more);
    result = Value(items);
    return !isSpent() || fail(node, tr("this expression takes too long"));
}

bool Evaluation::compared(const Node &node, Value &result)
{
    Value right;
    if (!evaluate(*node.children[0], result) || !evaluate(*node.children[1], right))
        return false;
    const Operator op = node.steps[0].op;
    if (op == Operator::Equal || op == Operator::NotEqual) {
        result = Value(areEqual(result, right, m_meter) == (op == Operator::Equal));
        return !isSpent() || fail(node, tr("this comparison takes too long"));
    }

    const auto order = flow::compare(result, right, m_meter);
    if (!order)
        return fail(node, textOf(ArithmeticProblem::WrongTypes, op, typeWord(result.type()), typeWord(right.type())));
    switch (op) {
    case Operator::Less:
        result = Value(*order < 0);
        break;
    case Operator::LessOrEqual:
        result = Value(*order <= 0);
        break;
    case Operator::Greater:
        result = Value(*order > 0);
        break;
    default:
        result = Value(*order >= 0);
        break;
    }
    return !isSpent() || fail(node, tr("this comparison takes too long"));
}

bool Evaluation::contained(const Node &node, Value &result)
{
    Value collection;
    if (!evaluate(*node.children[0], result) || !evaluate(*node.children[1], collection))
        return false;
    if (collection.type() == ValueType::Map) {
        if (!chargeKey(node, result))
            return false;
        const auto key = toMapKey(result);
        result = Value(key && valueFor(collection, *key));
        return true;
    }
    if (collection.type() != ValueType::List)
        return fail(node, tr("in looks into a list or map, not into %1").arg(typeWord(collection.type())));

    bool isIn = false;
    const qsizetype size = sizeOf(collection);
    for (qsizetype i = 0; i < size && !isIn && !isSpent(); ++i) {
        const Value item = itemAt(collection, i);
        chargeFetched(item);
        isIn = areEqual(result, item, m_meter);
    }
    result = Value(isIn);
    return !isSpent() || fail(node, tr("this comparison takes too long"));
}

} // namespace flow::cel
