// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/child_flows.h"

#include <QCoreApplication>

namespace flow {

namespace {

struct Messages
{
    Q_DECLARE_TR_FUNCTIONS(ChildFlows)
};

} // namespace

TaskResult withChildren(const ChildPlan &plan, const TaskRun &run,
                        const std::function<TaskResult(const QList<ChildResult> &results)> &result)
{
    if (!run.flows)
        return TaskResult::failure(Messages::tr("Task '%1' runs flows, which is not possible here").arg(run.taskName));
    const Result<ChildOutcome> outcome = run.flows->run(plan, run);
    if (!outcome)
        return TaskResult::failure(outcome.error().text());
    if (outcome->open == TaskResult::Open::No)
        return result(outcome->results);
    TaskResult open = TaskResult::failure(outcome->reason);
    open.open = outcome->open;
    return open;
}

QList<FlowCall> writtenCalls(const QJsonObject &config, const FieldPath &at)
{
    const QString flow = config.value(u"flow").toString();
    if (flow.isEmpty() || flow.contains(u"${"))
        return {};
    const QJsonValue input = config.value(u"input");
    return {FlowCall{.flow = flow,
                     .input = input.toObject(),
                     .isInputKnown = input.isUndefined() || input.isObject(),
                     .flowField = at / QStringLiteral("flow"),
                     .inputField = at / QStringLiteral("input")}};
}

QString childError(const ChildFlow &flow, const ChildResult &result)
{
    if (result.execution == 0)
        return Messages::tr("Flow '%1' was not started").arg(flow.flow);
    const QString number = QString::number(result.execution);
    if (result.status == ExecutionStatus::Cancelled)
        return Messages::tr("Execution %1 of flow '%2' was stopped").arg(number, flow.flow);
    return Messages::tr("Execution %1 of flow '%2' failed: %3").arg(number, flow.flow, result.error);
}

} // namespace flow
