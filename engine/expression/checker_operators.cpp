// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/arithmetic.h"
#include "expression/checker.h"

namespace flow::cel {

namespace {

constexpr TypeSet numbers = ValueType::Int | ValueType::Uint | ValueType::Double;
constexpr TypeSet ordered =
    numbers | ValueType::Bool | ValueType::String | ValueType::Bytes | ValueType::Moment | ValueType::Duration;

// What a value may be equal to: a number of one type equals numbers of the others.
TypeSet kin(TypeSet types)
{
    return types.meets(numbers) ? types | numbers : types;
}

} // namespace

Checker::Known Checker::arithmetic(const Node &node)
{
    TypeSet left = visit(*node.children[0]).types;
    for (size_t i = 0; i < node.steps.size(); ++i) {
        const TypeSet right = visit(*node.children[i + 1]).types;
        const Operator op = node.steps[i].op;
        const TypeSet result = resultOf(op, left, right);
        if (result.isEmpty()) {
            const auto words = [](TypeSet types) { return types.isAll() ? tr("a value") : types.words(); };
            return fail(node.steps[i].offset, textOf(ArithmeticProblem::WrongTypes, op, words(left), words(right)));
        }
        left = result;
    }
    return {left};
}

Checker::Known Checker::compared(const Node &node)
{
    const TypeSet left = visit(*node.children[0]).types;
    const TypeSet right = visit(*node.children[1]).types;
    const Operator op = node.steps[0].op;
    if (op == Operator::Equal || op == Operator::NotEqual) {
        if (!kin(left).meets(right))
            return fail(node.offset, tr("%1 and %2 are never equal").arg(left.words(), right.words()));
    } else if (!(kin(left) & ordered).meets(right)) {
        const auto words = [](TypeSet types) { return types.isAll() ? tr("a value") : types.words(); };
        return fail(node.offset, textOf(ArithmeticProblem::WrongTypes, op, words(left), words(right)));
    }
    return {ValueType::Bool};
}

Checker::Known Checker::contained(const Node &node)
{
    visit(*node.children[0]);
    const TypeSet types = visit(*node.children[1]).types;
    if (!types.meets(ValueType::List | ValueType::Map))
        return fail(node.offset, tr("in looks into a list or map, not into %1").arg(types.words()));
    return {ValueType::Bool};
}

Checker::Known Checker::loop(const Node &node)
{
    constexpr TypeSet keys = ValueType::Bool | ValueType::Int | ValueType::Uint | ValueType::String;
    const TypeSet range = visit(*node.children[0]).types;
    if (!range.meets(ValueType::List | ValueType::Map))
        return fail(node.offset, tr("%1() goes through a list or map, not %2").arg(node.name, range.words()));

    const bool hasTwo = !node.loop->second.isNull();
    Known first;
    if (!range.has(ValueType::List))
        first.types = keys;
    else if (hasTwo && !range.has(ValueType::Map))
        first.types = ValueType::Int;
    m_locals.append(first);
    if (hasTwo)
        m_locals.append(Known{});

    const Macro macro = node.loop->macro;
    const bool isTest = macro <= Macro::ExistsOne || macro == Macro::Filter;
    const QString what = tr("the condition of %1()").arg(node.name);
    if (node.children.size() == 3)
        require(*node.children[2], ValueType::Bool, what);
    if (isTest)
        require(*node.children[1], ValueType::Bool, what);
    else if (macro == Macro::TransformMapEntry)
        require(*node.children[1], ValueType::Map, node.name + QStringLiteral("()"));
    else
        visit(*node.children[1]);
    m_locals.resize(m_locals.size() - (hasTwo ? 2 : 1));

    if (macro <= Macro::ExistsOne)
        return {ValueType::Bool};
    const bool isMap = macro == Macro::TransformMap || macro == Macro::TransformMapEntry;
    return {isMap ? ValueType::Map : ValueType::List};
}

} // namespace flow::cel
