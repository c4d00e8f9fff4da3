// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/failure.h"
#include "expression/meter.h"
#include "expression/program.h"

#include <QCoreApplication>
#include <QVarLengthArray>

namespace flow::cel {

/// Where a variable's value is: in either form, or nowhere.
struct Binding
{
    const QJsonValue *json = nullptr;
    const Value *value = nullptr;

    bool isBound() const { return json || value; }
    Value get() const { return json ? Value::fromJson(*json) : *value; }
};

using Bindings = QVarLengthArray<Binding, 8>;

/// One evaluation of a program. Lives on the stack of one call.
class Evaluation
{
    Q_DECLARE_TR_FUNCTIONS(Expression)

public:
    Evaluation(const Program &program, const Bindings &bindings);

    /// False after a failure.
    bool run(Value &result);
    Failure failure() const { return m_failure; }
    /// The steps that it took so far.
    qint64 cost() const { return limits().cost - m_meter.left(); }

    Meter &meter() { return m_meter; }
    const ExpressionLimits &limits() const { return m_program.limits; }

    /// Notes why `node` has no value; returns false, as whoever calls it will.
    bool fail(const Node &node, const QString &reason) { return fail(node.offset, reason); }
    bool fail(qsizetype offset, const QString &reason);
    /// False, with a failure, when a text or list of this length may not be made.
    bool allowText(const Node &node, qsizetype length);
    bool allowList(const Node &node, qsizetype length);

private:
    bool evaluate(const Node &node, Value &result);
    void chargeFetched(const Value &value);
    void chargeItems(const QList<Value> &items);
    bool chargeKey(const Node &node, const Value &key);
    bool variable(const Node &node, Value &result);
    bool list(const Node &node, Value &result);
    bool map(const Node &node, Value &result);
    bool conditional(const Node &node, Value &result);
    bool logic(const Node &node, Value &result);
    bool invert(const Node &node, Value &result);
    bool negated(const Node &node, Value &result);
    bool arithmetic(const Node &node, Value &result);
    bool step(const Node &node, const Node::Step &step, Value &result, const Value &right);
    bool concatenate(const Node &node, Value &result, const Value &right, bool *isDone);
    bool compared(const Node &node, Value &result);
    bool contained(const Node &node, Value &result);
    bool select(const Node &node, Value &result);
    bool has(const Node &node, Value &result);
    bool index(const Node &node, Value &result);
    bool noKey(const Node &node, const Value &map, const Value &key);
    bool call(const Node &node, Value &result);

    struct LoopState;
    bool comprehension(const Node &node, Value &result);
    bool iterate(const Node &node, const Value &range, LoopState &state);
    bool visit(const Node &node, LoopState &state, bool *goOn);
    bool visitQuantifier(const Node &node, LoopState &state, bool *goOn);
    bool visitBuilder(const Node &node, LoopState &state);
    bool addEntry(const Node &node, LoopState &state, const Value &key, const Value &value);
    Value finishLoop(const Node &node, LoopState &state);
    bool isSpent() const { return m_meter.isSpent(); }

    const Program &m_program;
    const Bindings &m_bindings;
    Meter m_meter;
    Failure m_failure;
    QVarLengthArray<Value, 4> m_locals;
};

} // namespace flow::cel
