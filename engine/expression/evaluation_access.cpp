// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/evaluation.h"
#include "expression/suggest.h"
#include "expression/value_access.h"
#include "expression/value_text.h"

namespace flow::cel {

namespace {

// Comparing with more names than this is not worth the time.
constexpr qsizetype mostSuggestions = 200;

} // namespace

bool Evaluation::select(const Node &node, Value &result)
{
    // A variable may have a dotted name of its own; the longest one wins.
    if (node.slot >= 0 && m_bindings[node.slot].isBound()) {
        result = m_bindings[node.slot].get();
        chargeFetched(result);
        return true;
    }
    if (!evaluate(*node.children[0], result))
        return false;
    if (result.type() != ValueType::Map)
        return fail(node, tr("%1 has no field %2").arg(typeWord(result.type()), excerpt(node.name)));
    m_meter.charge(node.name.size() / 16);
    auto found = valueFor(result, node.name);
    if (!found)
        return noKey(node, result, Value(node.name));
    result = std::move(*found);
    chargeFetched(result);
    return true;
}

bool Evaluation::has(const Node &node, Value &result)
{
    if (!evaluate(*node.children[0], result))
        return false;
    if (result.type() != ValueType::Map)
        return fail(node, tr("%1 has no field %2").arg(typeWord(result.type()), excerpt(node.name)));
    m_meter.charge(node.name.size() / 16);
    result = Value(hasKey(result, node.name));
    return true;
}

bool Evaluation::index(const Node &node, Value &result)
{
    Value key;
    if (!evaluate(*node.children[0], result) || !evaluate(*node.children[1], key))
        return false;
    if (result.type() == ValueType::Map) {
        if (!chargeKey(node, key))
            return false;
        const auto normal = toMapKey(key);
        auto found = normal ? valueFor(result, *normal) : std::nullopt;
        if (!found)
            return noKey(node, result, key);
        result = std::move(*found);
        chargeFetched(result);
        return true;
    }
    if (result.type() != ValueType::List)
        return fail(node, tr("%1 has no items").arg(typeWord(result.type())));

    const auto position = toIndex(key);
    if (!position)
        return fail(*node.children[1], tr("the position in a list is a whole number, not %1")
                                           .arg(key.type() == ValueType::Double ? *toText(key) : typeWord(key.type())));
    if (*position < 0 || *position >= sizeOf(result))
        return fail(*node.children[1],
                    tr("there is no item %1; the list has %2, counted from 0").arg(*position).arg(sizeOf(result)));
    result = itemAt(result, qsizetype(*position));
    chargeFetched(result);
    return true;
}

bool Evaluation::noKey(const Node &node, const Value &map, const Value &key)
{
    const QString *name = key.get<QString>();
    if (!name) {
        const QString shown = toText(key).value_or(typeWord(key.type()));
        return fail(node, tr("there is no key %1 in the map").arg(excerpt(shown)));
    }
    const qsizetype size = sizeOf(map);
    if (size > mostSuggestions || !m_meter.charge(size))
        return fail(node, tr("there is no \"%1\"").arg(excerpt(*name)));
    return fail(node, tr("there is no \"%1\"%2").arg(excerpt(*name), didYouMean(*name, namesIn(map))));
}

} // namespace flow::cel
