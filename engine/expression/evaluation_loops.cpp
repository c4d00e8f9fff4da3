// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/evaluation.h"
#include "expression/value_access.h"

#include <utility>

namespace flow::cel {

/// What a macro has gathered so far.
struct Evaluation::LoopState
{
    bool isDecided = false; ///< all, exists: an item settled it
    std::optional<Failure> problem = {};
    int matches = 0;
    QList<Value> items = {};
    std::shared_ptr<MapValue> entries = std::make_shared<MapValue>();
};

bool Evaluation::comprehension(const Node &node, Value &result)
{
    Value range;
    if (!evaluate(*node.children[0], range))
        return false;
    if (range.type() != ValueType::List && range.type() != ValueType::Map)
        return fail(node, tr("%1() goes through a list or map, not %2").arg(node.name, typeWord(range.type())));

    LoopState state;
    if (!iterate(node, range, state))
        return false;
    if (state.problem && !state.isDecided)
        return fail(state.problem->offset, state.problem->reason);
    result = finishLoop(node, state);
    return true;
}

// One variable stands for elements or keys, two for index and element or key and value.
bool Evaluation::iterate(const Node &node, const Value &range, LoopState &state)
{
    const bool isMap = range.type() == ValueType::Map;
    const bool hasTwo = !node.loop->second.isNull();
    if (isMap && !m_meter.charge(sizeOf(range)))
        return fail(node, tr("%1() takes too long here").arg(node.name));
    const Value keys = isMap ? Value(keysOf(range)) : range;
    if (isMap)
        chargeItems(*keys.get<QList<Value>>());
    const qsizetype size = sizeOf(keys);
    for (qsizetype i = 0; i < size; ++i) {
        Value item = itemAt(keys, i);
        chargeFetched(item);
        if (hasTwo && isMap)
            m_locals[node.loop->local + 1] = *valueFor(range, *toMapKey(item));
        else if (hasTwo)
            m_locals[node.loop->local + 1] = std::exchange(item, Value(qint64(i)));
        if (hasTwo)
            chargeFetched(m_locals[node.loop->local + 1]);
        m_locals[node.loop->local] = std::move(item);
        bool goOn = true;
        if (!visit(node, state, &goOn))
            return false;
        if (!goOn)
            break;
    }
    return true;
}

bool Evaluation::visit(const Node &node, LoopState &state, bool *goOn)
{
    const Macro macro = node.loop->macro;
    if (macro == Macro::All || macro == Macro::Exists)
        return visitQuantifier(node, state, goOn);
    if (node.children.size() == 3) {
        Value wanted;
        if (!evaluate(*node.children[2], wanted))
            return false;
        const bool *flag = wanted.get<bool>();
        if (!flag)
            return fail(
                *node.children[2],
                tr("the condition of %1() needs true or false, not %2").arg(node.name, typeWord(wanted.type())));
        if (!*flag)
            return true;
    }
    return visitBuilder(node, state);
}

// As with && and ||, one item that settles it outweighs failures on the others.
bool Evaluation::visitQuantifier(const Node &node, LoopState &state, bool *goOn)
{
    Value matched;
    bool isGood = evaluate(*node.children[1], matched);
    if (isSpent())
        return false;
    const bool *flag = isGood ? matched.get<bool>() : nullptr;
    if (isGood && !flag) {
        isGood = fail(*node.children[1],
                      tr("the condition of %1() needs true or false, not %2").arg(node.name, typeWord(matched.type())));
    }
    if (!isGood && !state.problem)
        state.problem = m_failure;
    if (flag && *flag == (node.loop->macro == Macro::Exists)) {
        state.isDecided = true;
        *goOn = false;
    }
    return true;
}

bool Evaluation::visitBuilder(const Node &node, LoopState &state)
{
    const Macro macro = node.loop->macro;
    Value made;
    if (!evaluate(*node.children[1], made))
        return false;
    if (macro == Macro::ExistsOne || macro == Macro::Filter) {
        const bool *flag = made.get<bool>();
        if (!flag)
            return fail(*node.children[1],
                        tr("the condition of %1() needs true or false, not %2").arg(node.name, typeWord(made.type())));
        state.matches += *flag ? 1 : 0;
        if (!*flag || macro == Macro::ExistsOne)
            return true;
        made = m_locals[node.loop->local];
    }
    if (macro == Macro::TransformMap)
        return addEntry(node, state, m_locals[node.loop->local], made);
    if (macro == Macro::TransformMapEntry) {
        const QList<Value> keys = keysOf(made);
        if (keys.size() != 1)
            return fail(*node.children[1], tr("transformMapEntry() needs a map with one entry for each item"));
        return addEntry(node, state, keys.first(), *valueFor(made, *toMapKey(keys.first())));
    }
    state.items.append(std::move(made));
    return state.items.size() <= limits().listLength || allowList(node, state.items.size());
}

bool Evaluation::addEntry(const Node &node, LoopState &state, const Value &key, const Value &value)
{
    // An entry costs a few times an item: it is hashed and kept twice.
    if (!m_meter.charge(8))
        return fail(node, tr("%1() takes too long here").arg(node.name));
    if (!chargeKey(node, key))
        return false;
    if (!state.entries->insert(key, value))
        return fail(*node.children[1], tr("this key is in the map already"));
    return state.entries->size() <= limits().listLength || allowList(node, state.entries->size());
}

Value Evaluation::finishLoop(const Node &node, LoopState &state)
{
    switch (node.loop->macro) {
    case Macro::All:
        return Value(!state.isDecided);
    case Macro::Exists:
        return Value(state.isDecided);
    case Macro::ExistsOne:
        return Value(state.matches == 1);
    case Macro::Map:
    case Macro::Filter:
    case Macro::TransformList:
        return Value(std::move(state.items));
    case Macro::TransformMap:
    case Macro::TransformMapEntry:
        break;
    }
    return Value(std::shared_ptr<const MapValue>(std::move(state.entries)));
}

} // namespace flow::cel
