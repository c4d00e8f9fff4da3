// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/execution.h"
#include "model/task_type.h"
#include "tasks/base_task.h"

/// How a task runs other flows: it says what it wants, whoever runs the execution does it. Plain values.
namespace flow {

/// One flow that a task wants to run.
struct ChildFlow
{
    QString flow;      ///< name of a sub-flow in the same file, or else id of a flow in the library
    QJsonObject input; ///< the child's input
};

/// Several of them, and when that is enough. The same plan must come out when an attempt goes on after a restart.
struct ChildPlan
{
    enum class Rest {
        Cancel, ///< stopped
        LetGo,  ///< those that have begun go on by themselves
    };

    QList<ChildFlow> flows;
    int atOnce = 1;      ///< so many run at the same time, from 1
    int enough = 1;      ///< so many have to succeed; what remains then is the rest
    bool goesOn = false; ///< all run although too many have failed for `enough`
    Rest rest = Rest::Cancel;
};

/// What came of one.
struct ChildResult
{
    ExecutionId execution = 0; ///< 0: never started
    ExecutionStatus status = ExecutionStatus::Pending;
    QJsonValue data = QJsonValue::Null; ///< of the last task that succeeded in it, where it was completed
    QString error;                      ///< null when there is none
};

/// What came of a plan.
struct ChildOutcome
{
    QList<ChildResult> results; ///< in the order of the plan
    TaskResult::Open open = TaskResult::Open::No;
    QString reason; ///< why it is open
};

/// Runs flows for tasks, each as an execution of its own. Called on the thread of the execution whose task it is.
class ChildFlows
{
public:
    virtual ~ChildFlows() = default;
    /// Returns when the plan is fulfilled or cannot be any more, when `run.cancel` trips (then every child has ended),
    /// or when a child waits for a person. An attempt that is called again finds what it has started before.
    /// Errors: a flow that does not exist or cannot run, flows nested too deeply, the store.
    virtual Result<ChildOutcome> run(const ChildPlan &plan, const TaskRun &run) = 0;
};

/// So many executions may lie within each other, the outermost included.
inline constexpr int deepestNesting = 16;
/// So many flows one task may start.
inline constexpr int mostChildren = 100'000;

/// Runs the plan; a failure with the reason where that is not possible.
TaskResult withChildren(const ChildPlan &plan, const TaskRun &run,
                        const std::function<TaskResult(const QList<ChildResult> &results)> &result);
/// What the settings `flow` and `input` in `config` say, which stands at `at` in a task's settings; nothing where an
/// expression names the flow.
QList<FlowCall> writtenCalls(const QJsonObject &config, const FieldPath &at = {});
/// `Execution 7 of flow 'x' failed: ...`
QString childError(const ChildFlow &flow, const ChildResult &result);

} // namespace flow
