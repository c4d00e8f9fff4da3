// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/family_secret_names.h"

#include "model/secret_settings.h"

#include <QHash>
#include <QSet>

namespace flow {

namespace {

/// Goes through a family from its root. Flows are looked at once, however many executions have run them, and the
/// attempts of an execution only where it may have started others.
class Walk
{
public:
    Walk(const ExecutionStore &executions, const FlowStore &flows, const TaskTypes &types)
        : m_executions(executions)
        , m_flows(flows)
        , m_types(types)
    {
    }

    QStringList from(ExecutionId root)
    {
        visit(root);
        while (!m_next.isEmpty())
            lookAt(m_next.takeLast());
        return m_names;
    }

private:
    void visit(ExecutionId id)
    {
        if (m_seen.contains(id))
            return;
        if (const Result<Execution> execution = m_executions.get(id))
            visit(*execution);
    }

    void visit(const Execution &execution)
    {
        if (m_seen.contains(execution.id))
            return;
        m_seen.insert(execution.id);
        const bool startsFlows = !startersIn(execution.revision).isEmpty();
        if (startsFlows || execution.resumedFrom)
            m_next << execution;
    }

    void lookAt(const Execution &execution)
    {
        if (execution.resumedFrom)
            visit(*execution.resumedFrom);
        const QSet<QString> starters = startersIn(execution.revision);
        if (starters.isEmpty())
            return;
        const Result<StandingExecution> standing = m_executions.standing(execution.id);
        if (!standing)
            return;
        for (const AttemptRecord &attempt : standing->position.attempts) {
            if (attempt.origin == AttemptOrigin::Reused || !starters.contains(attempt.taskName))
                continue;
            const Result<QList<Execution>> children = m_executions.children(execution.id, attempt.sequenceNumber);
            for (const Execution &child : children ? *children : QList<Execution>())
                visit(child);
        }
    }

    /// The names of its tasks that start flows. Notes those of secrets.
    QSet<QString> startersIn(const RevisionId &revision)
    {
        if (const auto known = m_starters.constFind(revision); known != m_starters.constEnd())
            return *known;
        QSet<QString> starters;
        if (const Result<FlowFile> file = m_flows.revision(revision)) {
            for (const Task &task : file->flow.tasks) {
                if (m_types.value(task.typeName()).waitsForFlows)
                    starters.insert(task.name);
                const Result<Template> settings = Template::compile(task.config.value_or(QJsonObject()));
                if (settings)
                    m_names += secrets::names(*settings);
            }
        }
        return *m_starters.insert(revision, starters);
    }

    const ExecutionStore &m_executions;
    const FlowStore &m_flows;
    const TaskTypes &m_types;
    QHash<RevisionId, QSet<QString>> m_starters;
    QSet<ExecutionId> m_seen;
    QList<Execution> m_next;
    QStringList m_names;
};

} // namespace

QStringList familySecretNames(ExecutionId root, const ExecutionStore &executions, const FlowStore &flows,
                              const TaskTypes &types)
{
    QStringList names = Walk(executions, flows, types).from(root);
    names.removeDuplicates();
    return names;
}

} // namespace flow
