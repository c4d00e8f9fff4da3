// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/built_in_tasks.h"
#include "tasks/child_flows.h"
#include "tasks/schema_builder.h"

#include <QCoreApplication>

namespace flow {

namespace {

QStringList statusWords()
{
    QStringList words;
    for (const ExecutionStatus status :
         {ExecutionStatus::Completed, ExecutionStatus::Failure, ExecutionStatus::Cancelled,
          ExecutionStatus::Interrupted, ExecutionStatus::Paused, ExecutionStatus::Running, ExecutionStatus::Pending})
        words << toString(status);
    return words;
}

class RunFlowTask final : public BaseTask
{
    Q_DECLARE_TR_FUNCTIONS(RunFlowTask)

public:
    static TaskType describe()
    {
        return {.name = QStringLiteral("run_flow"),
                .title = tr("Run flow"),
                .description = tr("Run another flow and wait for it"),
                .group = tr("Flows"),
                .icon = QStringLiteral("flow"),
                .help = tr("Runs a sub-flow of this file or a flow of the library as an execution of its own. Returns "
                           "the number of that execution and, as result, what the last task in it returned. Fails when "
                           "the flow does not complete."),
                .configSchema = SchemaBuilder()
                                    .text({QStringLiteral("flow"), tr("Flow"),
                                           tr("Name of a sub-flow in this file, or id of a flow in the library")},
                                          1, 255)
                                    .object({QStringLiteral("input"), tr("Input"),
                                             tr("What the flow gets as its input"), QJsonObject()})
                                    .require(QStringLiteral("flow"))
                                    .schema(),
                .resultSchema = SchemaBuilder()
                                    .returns("execution_id", "integer", tr("Number of the run"))
                                    .returnsOneOf("status", statusWords(), tr("How it ended, such as completed"))
                                    .returns("result", "", tr("What the last task that succeeded in it returned"))
                                    .schema(),
                .waitsForFlows = true,
                .flowsOf = [](const QJsonObject &config) { return writtenCalls(config); }};
    }

    TaskResult execute(TaskRun &run) override
    {
        const ChildFlow child{run.config.value(u"flow").toString(), run.config.value(u"input").toObject()};
        return withChildren({.flows = {child}}, run, [&](const QList<ChildResult> &results) {
            const ChildResult &one = results.first();
            const QJsonObject data{{QStringLiteral("execution_id"), one.execution},
                                   {QStringLiteral("status"), toString(one.status)},
                                   {QStringLiteral("result"), one.data}};
            if (one.status == ExecutionStatus::Completed)
                return TaskResult::success(data);
            return TaskResult::failure(childError(child, one), data);
        });
    }
};

} // namespace

void addRunFlowTask(TaskRegistry &registry)
{
    addTask<RunFlowTask>(registry);
}

} // namespace flow
