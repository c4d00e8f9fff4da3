// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage_fixture.h"

/// One execution of chain() as the engine journals it: 0 created, 1 started, 2 first attempt running, 3 first attempt
/// ended and the second running, 4 completed.
namespace flow::test {

constexpr int lastStep = 4;

/// Steps 1 to lastStep. The first attempt touches the world where asked for: steps 2 and 3 are then durable.
inline Result<void> doStep(ExecutionStore &store, ExecutionId id, int step, bool touchesWorld)
{
    switch (step) {
    case 1:
        return store.executionStarted(id, at(0));
    case 2:
        return store.attemptStarted(attemptStart(id, 1, QStringLiteral("step 1"), touchesWorld));
    case 3:
        return store.attemptEnded(attemptEnd(id, 1, qint64(id)), attemptStart(id, 2, QStringLiteral("step 2")));
    default:
        return store.executionEnded(attemptEnd(id, 2), executionEnd(id, ExecutionStatus::Completed, 2));
    }
}

/// How far the database says that an execution came: the number of the step that was committed last; -1 when it is not
/// there or does not fit together.
inline int stepOf(const ExecutionStore &store, ExecutionId id)
{
    const Result<Execution> execution = store.get(id);
    const Result<QList<TaskExecution>> tasks = store.taskExecutions(id);
    if (!execution || !tasks)
        return -1;
    const int step = execution->status == ExecutionStatus::Completed ? lastStep
                     : execution->status == ExecutionStatus::Pending ? 0
                                                                     : 1 + int(tasks->size());
    if (step >= 3 && tasks->first().outputData != QJsonValue(qint64(id)))
        return -1;
    return step;
}

} // namespace flow::test
