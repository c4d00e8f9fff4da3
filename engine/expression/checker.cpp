// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/checker.h"

#include "expression/functions.h"
#include "expression/resolver.h"
#include "expression/suggest.h"
#include "expression/value_text.h"

namespace flow::cel {

std::variant<TypeSet, Failure> Checker::check(const Node &root)
{
    const Known known = visit(root);
    if (m_failure)
        return *m_failure;
    return known.types;
}

Checker::Known Checker::fail(qsizetype offset, const QString &reason)
{
    if (!m_failure)
        m_failure = Failure{offset, reason};
    return {};
}

Checker::Known Checker::visit(const Node &node)
{
    switch (node.kind) {
    case NodeKind::Literal:
        return {node.value.type()};
    case NodeKind::Variable:
        return variable(node);
    case NodeKind::Select:
        return select(node);
    case NodeKind::Has:
        field(node, visit(*node.children[0]), node.name);
        return {ValueType::Bool};
    case NodeKind::Index:
        return index(node);
    case NodeKind::Call:
        return call(node);
    case NodeKind::List:
        return all(node, ValueType::List);
    case NodeKind::Map:
        return map(node);
    case NodeKind::And:
    case NodeKind::Or:
        for (const NodePtr &operand : node.children)
            require(*operand, ValueType::Bool,
                    node.kind == NodeKind::And ? QStringLiteral("&&") : QStringLiteral("||"));
        return {ValueType::Bool};
    case NodeKind::Conditional:
        return conditional(node);
    case NodeKind::Not:
        require(*node.children[0], ValueType::Bool, QStringLiteral("!"));
        return {ValueType::Bool};
    case NodeKind::Negate:
        require(*node.children[0], ValueType::Int | ValueType::Double, QStringLiteral("-"));
        return {ValueType::Int | ValueType::Double};
    case NodeKind::Arithmetic:
        return arithmetic(node);
    case NodeKind::Compare:
        return compared(node);
    case NodeKind::In:
        return contained(node);
    case NodeKind::Comprehension:
        return loop(node);
    }
    Q_UNREACHABLE();
}

Checker::Known Checker::all(const Node &node, TypeSet result)
{
    for (const NodePtr &child : node.children)
        visit(*child);
    return {result};
}

void Checker::require(const Node &node, TypeSet types, const QString &what)
{
    const Known known = visit(node);
    const QString wanted = types == TypeSet(ValueType::Bool) ? tr("true or false") : types.words();
    if (!known.types.meets(types))
        fail(node.offset, tr("%1 needs %2, not %3").arg(what, wanted, known.types.words()));
}

Checker::Known Checker::variable(const Node &node)
{
    if (node.local >= 0)
        return m_locals.at(node.local);
    if (!m_scope)
        return {};
    if (const auto found = m_scope->constFind(node.name); found != m_scope->cend())
        return {found->types, &*found};
    if (typeOfName(node.name))
        return {ValueType::Type};
    return fail(node.offset,
                tr("there is no variable %1%2").arg(excerpt(node.name), didYouMean(node.name, m_scope->keys())));
}

Checker::Known Checker::select(const Node &node)
{
    if (node.slot >= 0 && m_scope) {
        if (const auto found = m_scope->constFind(dottedName(node)); found != m_scope->cend())
            return {found->types, &*found};
    }
    return field(node, visit(*node.children[0]), node.name);
}

Checker::Known Checker::field(const Node &node, const Known &operand, const QString &name)
{
    if (!operand.types.has(ValueType::Map))
        return fail(node.offset, tr("%1 has no field %2").arg(operand.types.words(), excerpt(name)));
    if (!operand.shape)
        return {};
    if (const auto found = operand.shape->fields.constFind(name); found != operand.shape->fields.cend())
        return {found->types, &*found};
    if (!operand.shape->isClosed)
        return {};
    return fail(node.offset,
                tr("there is no \"%1\"%2").arg(excerpt(name), didYouMean(name, operand.shape->fields.keys())));
}

Checker::Known Checker::index(const Node &node)
{
    constexpr TypeSet numbers = ValueType::Int | ValueType::Uint | ValueType::Double;
    const Known operand = visit(*node.children[0]);
    const Node &key = *node.children[1];
    const Known position = visit(key);
    if (!operand.types.meets(ValueType::List | ValueType::Map))
        return fail(node.offset, tr("%1 has no items").arg(operand.types.words()));
    if (!operand.types.has(ValueType::Map) && !position.types.meets(numbers))
        return fail(key.offset, tr("the position in a list is a whole number, not %1").arg(position.types.words()));
    const QString *name = key.kind == NodeKind::Literal ? key.value.get<QString>() : nullptr;
    return name && operand.types == TypeSet(ValueType::Map) ? field(key, operand, *name) : Known{};
}

Checker::Known Checker::call(const Node &node)
{
    if (!node.function)
        return fail(node.offset, unknownFunction(node.name, node.isMember));
    QList<TypeSet> given;
    for (const NodePtr &child : node.children)
        given.append(visit(*child).types);

    TypeSet result;
    for (const Overload *overload : node.function->overloads) {
        bool fits = overload->isMember == node.isMember && overload->arity == given.size();
        for (int i = 0; fits && i < overload->arity; ++i)
            fits = overload->takes[size_t(i)].meets(given[i]);
        if (fits)
            result = result | overload->gives;
    }
    if (!result.isEmpty())
        return {result};

    QStringList words;
    for (TypeSet types : given)
        words.append(types.isAll() ? tr("a value") : types.words());
    return fail(node.offset, tr("%1; here it gets %2")
                                 .arg(wrongArguments(*node.function, node.isMember),
                                      words.isEmpty() ? tr("nothing") : words.join(QStringLiteral(", "))));
}

Checker::Known Checker::map(const Node &node)
{
    constexpr TypeSet keys = ValueType::Bool | ValueType::Int | ValueType::Uint | ValueType::String;
    for (size_t i = 0; i < node.children.size(); ++i) {
        const Known known = visit(*node.children[i]);
        if (i % 2 == 0 && !known.types.meets(keys))
            fail(node.children[i]->offset, tr("the key of a map is %1, not %2").arg(keys.words(), known.types.words()));
    }
    return {ValueType::Map};
}

Checker::Known Checker::conditional(const Node &node)
{
    require(*node.children[0], ValueType::Bool, tr("the condition before ?"));
    const TypeSet yes = visit(*node.children[1]).types;
    return {yes | visit(*node.children[2]).types};
}

} // namespace flow::cel
