// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_file.h"
#include "model/flow_index.h"
#include "model/flow_json.h"

#include <QCoreApplication>

#include <algorithm>

namespace flow {

namespace {

/// Says in the reference's words what a flow means, as far as these words go.
class ReferenceExporter
{
    Q_DECLARE_TR_FUNCTIONS(ReferenceExport)

public:
    explicit ReferenceExporter(const Flow &flow)
        : m_flow(flow)
        , m_result(flow)
        , m_index(flow)
    {
    }

    ReferenceExport run()
    {
        if (m_flow.inputs)
            drop(tr("The description of the inputs was left out."));
        if (!m_flow.flows.isEmpty())
            drop(tr("The sub-flows were left out."));
        if (!m_flow.failureTask.isEmpty())
            drop(tr("Task '%1' does not run after a failure any more.").arg(m_flow.failureTask));
        if (!m_flow.finalTask.isEmpty())
            drop(tr("Task '%1' does not run at the end any more.").arg(m_flow.finalTask));
        if (m_flow.concurrency)
            drop(tr("The limit of executions at once was left out."));
        m_result.inputs.reset();
        m_result.failureTask.clear();
        m_result.finalTask.clear();
        m_result.concurrency.reset();
        m_result.flows.clear();
        for (Task &task : m_result.tasks)
            strip(&task);
        m_result.conditions.clear();
        for (qsizetype i = 0; i < m_flow.tasks.size(); ++i) {
            if (m_index.task(m_flow.tasks[i].name) == i)
                addConditionsOf(m_flow.tasks[i].name);
        }
        std::stable_sort(m_kept.begin(), m_kept.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
        for (const auto &kept : m_kept)
            m_result.conditions << kept.second;
        return {writeFlowFile({m_result, {}}), m_dropped};
    }

private:
    void drop(const QString &sentence) { m_dropped << sentence; }

    void strip(Task *task)
    {
        if (task->typeName() != task->name)
            drop(tr("Task '%1': the type '%2' was left out; the reference will look for a task called '%1'.")
                     .arg(task->name, task->type));
        if (task->timeoutSeconds)
            drop(tr("Task '%1': the time limit was left out.").arg(task->name));
        if (task->retry)
            drop(tr("Task '%1': the retries were left out.").arg(task->name));
        if (task->retrySafe)
            drop(tr("Task '%1': whether it may be repeated was left out.").arg(task->name));
        task->type.clear();
        task->retrySafe.reset();
        task->timeoutSeconds.reset();
        task->retry.reset();
    }

    /// The reference asks only the first condition of a task, and that one needs both targets.
    void addConditionsOf(const QString &taskName)
    {
        const QList<qsizetype> indexes = m_index.conditionsOf(taskName);
        if (indexes.isEmpty())
            return;
        const Condition &first = m_flow.conditions[indexes.front()];
        const bool firstDecides =
            !first.targetTaskFailure.isEmpty() || first.outcome == Outcome::Any || indexes.size() == 1;
        const bool hasExpression = std::any_of(indexes.begin(), indexes.end(),
                                               [this](qsizetype i) { return !m_flow.conditions[i].when.isEmpty(); });
        if (firstDecides || hasExpression)
            keep(taskName, indexes);
        else
            join(taskName, indexes);
    }

    void keep(const QString &taskName, const QList<qsizetype> &indexes)
    {
        bool hasExpression = false;
        for (const qsizetype i : indexes) {
            Condition condition = m_flow.conditions[i];
            if (!condition.when.isEmpty()) {
                drop(tr("Condition '%1': the expression '%2' was left out; only the outcome counts.")
                         .arg(condition.name, condition.when));
                hasExpression = true;
            }
            condition.when.clear();
            if (condition.targetTaskFailure.isEmpty())
                condition.targetTaskFailure = endTarget;
            m_kept.append({i, condition});
        }
        if (hasExpression && indexes.size() > 1)
            drop(tr("Task '%1': the reference will ask only the first of its conditions.").arg(taskName));
    }

    /// Several conditions that only look at the outcome say the same as one with two targets.
    void join(const QString &taskName, const QList<qsizetype> &indexes)
    {
        Condition joined = m_flow.conditions[indexes.front()];
        joined.outcome = Outcome::Success;
        joined.targetTaskSuccess = targetAfter(Outcome::Success, indexes);
        joined.targetTaskFailure = targetAfter(Outcome::Failure, indexes);
        m_kept.append({indexes.front(), joined});
        drop(tr("Task '%1': its conditions were joined into '%2', which says the same.").arg(taskName, joined.name));
    }

    QString targetAfter(Outcome result, const QList<qsizetype> &indexes) const
    {
        for (const qsizetype i : indexes) {
            const Condition &condition = m_flow.conditions[i];
            if (condition.outcome == result || condition.outcome == Outcome::Any)
                return condition.targetTaskSuccess;
            if (!condition.targetTaskFailure.isEmpty())
                return condition.targetTaskFailure;
        }
        return endTarget;
    }

    const Flow &m_flow;
    Flow m_result;
    FlowIndex m_index;
    QList<std::pair<qsizetype, Condition>> m_kept; ///< with their place in the flow
    QStringList m_dropped;
};

} // namespace

ReferenceExport exportForReference(const Flow &flow)
{
    return ReferenceExporter(flow).run();
}

} // namespace flow
