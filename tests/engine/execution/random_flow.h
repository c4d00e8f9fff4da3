// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/flow.h"
#include "tasks/task_registry.h"

#include <memory>

namespace flow::test {

/// A flow, an input and what every attempt will return, made from a seed.
struct RandomFlow
{
    explicit RandomFlow(quint32 seed);

    /// The result of the n-th attempt (from 0) of a task, whatever visit it belongs to.
    TaskResult result(const QString &task, int n) const;

    quint32 seed;
    Flow flow;
    QJsonObject input;
    int steps = 0;
};

/// Tasks that return what the random flow says and compare the context they are given with the results so far.
class RandomResults
{
public:
    explicit RandomResults(const RandomFlow &random);
    TaskRegistry registry() const;
    bool contextsWereRight() const;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace flow::test
