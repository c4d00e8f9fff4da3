// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/evaluation.h"

#include "expression/value_map.h"
#include "expression/value_text.h"

namespace flow::cel {

Evaluation::Evaluation(const Program &program, const Bindings &bindings)
    : m_program(program)
    , m_bindings(bindings)
    , m_meter(program.limits.cost)
    , m_locals(program.locals)
{
}

bool Evaluation::run(Value &result)
{
    return evaluate(*m_program.root, result);
}

bool Evaluation::fail(qsizetype offset, const QString &reason)
{
    m_failure = Failure{offset, reason};
    return false;
}

bool Evaluation::allowText(const Node &node, qsizetype length)
{
    if (length > limits().textLength)
        return fail(node, tr("this makes a text of more than %1 characters").arg(limits().textLength));
    return m_meter.chargeText(length) || fail(node, tr("this expression takes too long"));
}

bool Evaluation::allowList(const Node &node, qsizetype length)
{
    if (length > limits().listLength)
        return fail(node, tr("this makes a list of more than %1 items").arg(limits().listLength));
    return m_meter.charge(length) || fail(node, tr("this expression takes too long"));
}

// A text out of JSON is copied each time it is read.
void Evaluation::chargeFetched(const Value &value)
{
    if (const QString *text = value.get<QString>())
        m_meter.charge(text->size() / 256);
}

void Evaluation::chargeItems(const QList<Value> &items)
{
    for (const Value &item : items)
        chargeFetched(item);
}

// Looking for a long text in a map goes through the text.
bool Evaluation::chargeKey(const Node &node, const Value &key)
{
    const QString *text = key.get<QString>();
    return !text || m_meter.charge(text->size() / 16) || fail(node, tr("this expression takes too long"));
}

bool Evaluation::evaluate(const Node &node, Value &result)
{
    if (!m_meter.charge(1))
        return fail(node, tr("this expression takes too long; it was stopped after %1 steps").arg(limits().cost));
    switch (node.kind) {
    case NodeKind::Literal:
        result = node.value;
        return true;
    case NodeKind::Variable:
        return variable(node, result);
    case NodeKind::Select:
        return select(node, result);
    case NodeKind::Has:
        return has(node, result);
    case NodeKind::Index:
        return index(node, result);
    case NodeKind::Call:
        return call(node, result);
    case NodeKind::List:
        return list(node, result);
    case NodeKind::Map:
        return map(node, result);
    case NodeKind::And:
    case NodeKind::Or:
        return logic(node, result);
    case NodeKind::Conditional:
        return conditional(node, result);
    case NodeKind::Not:
        return invert(node, result);
    case NodeKind::Negate:
        return negated(node, result);
    case NodeKind::Arithmetic:
        return arithmetic(node, result);
    case NodeKind::Compare:
        return compared(node, result);
    case NodeKind::In:
        return contained(node, result);
    case NodeKind::Comprehension:
        return comprehension(node, result);
    }
    Q_UNREACHABLE();
}

bool Evaluation::variable(const Node &node, Value &result)
{
    if (node.local >= 0) {
        result = m_locals[node.local];
        return true;
    }
    if (const Binding &binding = m_bindings[node.slot]; binding.isBound()) {
        result = binding.get();
        chargeFetched(result);
        return true;
    }
    if (const auto type = typeOfName(node.name)) {
        result = Value(*type);
        return true;
    }
    return fail(node, tr("there is no variable %1").arg(excerpt(node.name)));
}

bool Evaluation::list(const Node &node, Value &result)
{
    QList<Value> items(qsizetype(node.children.size()));
    for (size_t i = 0; i < node.children.size(); ++i) {
        if (!evaluate(*node.children[i], items[qsizetype(i)]))
            return false;
    }
    result = Value(std::move(items));
    return true;
}

bool Evaluation::map(const Node &node, Value &result)
{
    constexpr TypeSet keyTypes = ValueType::Bool | ValueType::Int | ValueType::Uint | ValueType::String;
    auto entries = std::make_shared<MapValue>();
    for (size_t i = 0; i + 1 < node.children.size(); i += 2) {
        Value key;
        Value value;
        if (!evaluate(*node.children[i], key) || !evaluate(*node.children[i + 1], value))
            return false;
        if (!keyTypes.has(key.type()))
            return fail(*node.children[i],
                        tr("the key of a map is %1, not %2").arg(keyTypes.words(), typeWord(key.type())));
        if (!chargeKey(node, key))
            return false;
        if (!entries->insert(key, value))
            return fail(*node.children[i], tr("this key is in the map already"));
    }
    result = Value(std::shared_ptr<const MapValue>(std::move(entries)));
    return true;
}

bool Evaluation::conditional(const Node &node, Value &result)
{
    if (!evaluate(*node.children[0], result))
        return false;
    const bool *condition = result.get<bool>();
    if (!condition)
        return fail(*node.children[0],
                    tr("the condition before ? needs true or false, not %1").arg(typeWord(result.type())));
    return evaluate(*node.children[*condition ? 1 : 2], result);
}

// One side that decides is enough, whatever happens on the others and in whichever order they stand.
bool Evaluation::logic(const Node &node, Value &result)
{
    const bool decisive = node.kind == NodeKind::Or;
    std::optional<Failure> problem;
    for (const NodePtr &operand : node.children) {
        bool isGood = evaluate(*operand, result);
        const bool *flag = isGood ? result.get<bool>() : nullptr;
        if (flag && *flag == decisive)
            return true;
        if (isSpent())
            return false;
        if (isGood && !flag) {
            isGood = fail(*operand,
                          tr("%1 needs true or false, not %2")
                              .arg(decisive ? QStringLiteral("||") : QStringLiteral("&&"), typeWord(result.type())));
        }
        if (!isGood && !problem)
            problem = m_failure;
    }
    if (problem)
        return fail(problem->offset, problem->reason);
    result = Value(!decisive);
    return true;
}

} // namespace flow::cel
