// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/arithmetic.h"
#include "expression/checker.h"
#include "expression/suggest.h"
#include "expression/value_text.h"

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
    const Known leftSide = visit(*node.children[0]);
    const Known rightSide = visit(*node.children[1]);
    const TypeSet left = leftSide.types;
    const TypeSet right = rightSide.types;
    const Operator op = node.steps[0].op;
    if (op == Operator::Equal || op == Operator::NotEqual) {
        if (!kin(left).meets(right))
            return fail(node.offset, tr("%1 and %2 are never equal").arg(left.words(), right.words()));
        requireWord(leftSide, *node.children[1]);
        requireWord(rightSide, *node.children[0]);
    } else if (!(kin(left) & ordered).meets(right)) {
        const auto words = [](TypeSet types) { return types.isAll() ? tr("a value") : types.words(); };
        return fail(node.offset, textOf(ArithmeticProblem::WrongTypes, op, words(left), words(right)));
    }
    return {ValueType::Bool};
}

void Checker::requireWord(const Known &value, const Node &other)
{
    constexpr qsizetype mostNamed = 8;
    const QString *text = other.kind == NodeKind::Literal ? other.value.get<QString>() : nullptr;
    if (!text || text->isEmpty() || !value.shape || value.shape->words.isEmpty() || value.shape->words.contains(*text))
        return;
    QStringList named;
    for (const QString &word : value.shape->words.mid(0, mostNamed))
        named << u'"' + excerpt(word) + u'"';
    QString list = named.join(QStringLiteral(", "));
    if (value.shape->words.size() > mostNamed)
        list = tr("%1 and others").arg(list);
    else if (const QString last = named.takeLast(); !named.isEmpty())
        list = tr("%1 or %2").arg(named.join(QStringLiteral(", ")), last);
    fail(other.offset,
         tr("the value is never \"%1\", only %2%3").arg(excerpt(*text), list, didYouMean(*text, value.shape->words)));
}

Checker::Known Checker::contained(const Node &node)
{
    const Known value = visit(*node.children[0]);
    const Node &range = *node.children[1];
    if (range.kind != NodeKind::List) {
        const TypeSet types = visit(range).types;
        if (!types.meets(ValueType::List | ValueType::Map))
            return fail(node.offset, tr("in looks into a list or map, not into %1").arg(types.words()));
        return {ValueType::Bool};
    }
    for (const NodePtr &item : range.children) {
        requireWord(visit(*item), *node.children[0]);
        requireWord(value, *item);
    }
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
