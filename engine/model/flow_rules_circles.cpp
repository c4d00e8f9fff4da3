// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_rules.h"

/// Flows that run themselves, directly or through others, whatever happens. Where a condition decides whether to go on,
/// nothing is said: that is how a flow repeats itself on purpose.
#include "model/config_schema.h"

#include <QSet>

#include <algorithm>

namespace flow::rules {

namespace {

/// A flow of the file, and the flows that each of its runs runs.
struct FileFlow
{
    struct Run
    {
        qsizetype flow = -1; ///< which one
        qsizetype task = -1; ///< by which task
    };

    const Flow *flow = nullptr;
    QString name;
    qsizetype outer = -1;           ///< the one in which it stands; -1: it is the file's own
    QMap<QString, qsizetype> inner; ///< those that stand in it
    QList<Run> runs = {};
};

class CircleFinder
{
public:
    explicit CircleFinder(const FlowFacts &facts)
        : m_types(facts.types)
    {
        collect(facts.flow, facts.flow.id, -1);
        for (qsizetype i = 0; i < m_flows.size(); ++i)
            m_flows[i].runs = runsOf(i);
    }

    void report(QList<Issue> *issues) const
    {
        QList<QList<qsizetype>> next(m_flows.size());
        for (qsizetype i = 0; i < m_flows.size(); ++i) {
            for (const FileFlow::Run &run : m_flows[i].runs)
                next[i] << run.flow;
        }
        const QList<int> groups = stronglyConnectedGroups(next);
        QSet<int> told;
        for (qsizetype i = 0; i < m_flows.size(); ++i) {
            const QList<qsizetype> circle = told.contains(groups[i]) ? QList<qsizetype>() : circleFrom(i, groups);
            if (circle.isEmpty())
                continue;
            told.insert(groups[i]);
            issues->append({Severity::Warning, QStringLiteral("flow-circle"), sentence(circle), placeOf(circle)});
        }
    }

private:
    qsizetype collect(const Flow &flow, const QString &name, qsizetype outer)
    {
        const qsizetype index = m_flows.size();
        m_flows.append({&flow, name, outer, {}});
        QMap<QString, qsizetype> found;
        for (auto inner = flow.flows.begin(); inner != flow.flows.end(); ++inner)
            found.insert(inner.key(), collect(*inner, inner.key(), index));
        m_flows[index].inner = found;
        return index;
    }

    /// As the run finds it: what stands nearest, then the library, which knows the file's own flow by its id.
    qsizetype find(const QString &name, qsizetype from) const
    {
        for (qsizetype at = from; at >= 0; at = m_flows[at].outer) {
            const auto found = m_flows[at].inner.constFind(name);
            if (found != m_flows[at].inner.constEnd())
                return *found;
        }
        return name == m_flows[0].flow->id ? 0 : -1;
    }

    QList<FileFlow::Run> runsBy(const Task &task, qsizetype index, qsizetype from) const
    {
        const auto type = m_types.constFind(task.typeName());
        if (type == m_types.constEnd() || !type->flowsOf)
            return {};
        QList<FileFlow::Run> runs;
        for (const FlowCall &call :
             type->flowsOf(withDefaults(type->configSchema, task.config.value_or(QJsonObject()))))
            if (const qsizetype flow = call.isCertain ? find(call.flow, from) : -1; flow >= 0)
                runs.append({flow, index});
        return runs;
    }

    QList<FileFlow::Run> runsOf(qsizetype index) const
    {
        const Flow &flow = *m_flows[index].flow;
        QHash<qsizetype, QList<FileFlow::Run>> byTask;
        for (qsizetype i = 0; i < flow.tasks.size(); ++i) {
            if (const QList<FileFlow::Run> runs = runsBy(flow.tasks[i], i, index); !runs.isEmpty())
                byTask.insert(i, runs);
        }
        QList<FileFlow::Run> all;
        if (byTask.isEmpty())
            return all;
        for (const qsizetype task : certainTasks(flow))
            all += byTask.value(task);
        return all;
    }

    /// Those that every run of the flow comes to: from the start, and from the task that runs at the end, as long as
    /// there is only one way.
    static QList<qsizetype> certainTasks(const Flow &flow)
    {
        const FlowIndex tasks(flow);
        QHash<QString, QSet<QString>> targets;
        for (const Route &route : routes(flow)) {
            if (!route.neverTaken)
                targets[route.source].insert(route.target);
        }
        QList<qsizetype> certain;
        QSet<qsizetype> seen;
        for (QString name : {flow.startTask, flow.finalTask}) {
            for (qsizetype task = tasks.task(name); task >= 0 && !seen.contains(task); task = tasks.task(name)) {
                seen.insert(task);
                certain.append(task);
                const QSet<QString> next = targets.value(name);
                name = next.size() == 1 ? *next.begin() : endTarget;
            }
        }
        return certain;
    }

    /// Follows the flow's group until it closes; empty where the flow is in no circle.
    QList<qsizetype> circleFrom(qsizetype first, const QList<int> &groups) const
    {
        QList<qsizetype> path;
        for (qsizetype at = first; at >= 0;) {
            if (const qsizetype before = path.indexOf(at); before >= 0)
                return path.mid(before);
            path.append(at);
            const QList<FileFlow::Run> &runs = m_flows[at].runs;
            const auto next = std::find_if(runs.begin(), runs.end(),
                                           [&](const FileFlow::Run &run) { return groups[run.flow] == groups[first]; });
            at = next == runs.end() ? -1 : next->flow;
        }
        return {};
    }

    QString sentence(const QList<qsizetype> &circle) const
    {
        const QString first = m_flows[circle.first()].name;
        if (circle.size() == 1) {
            return issueText(
                       "The flow '%1' runs itself without end: no condition decides whether to go on. Only the limit "
                       "of flows within each other stops it.")
                .arg(first);
        }
        constexpr qsizetype mostNamed = 6;
        QStringList names;
        for (const qsizetype flow : circle.mid(0, mostNamed))
            names << m_flows[flow].name;
        if (circle.size() > mostNamed)
            names << QStringLiteral("…");
        names << first;
        return issueText("These flows run each other without end: %1. No condition decides whether to go on; only the "
                         "limit of flows within each other stops them.")
            .arg(names.join(QStringLiteral(" → ")));
    }

    /// The task of the file's own flow that goes round, or else the sub-flow in the file.
    Place placeOf(const QList<qsizetype> &circle) const
    {
        if (const qsizetype own = circle.indexOf(0); own >= 0) {
            const qsizetype next = circle[(own + 1) % circle.size()];
            const QList<FileFlow::Run> &runs = m_flows[0].runs;
            const auto run = std::find_if(runs.begin(), runs.end(), [&](const auto &one) { return one.flow == next; });
            return taskPlace(run->task);
        }
        qsizetype at = circle.first();
        while (m_flows[at].outer > 0)
            at = m_flows[at].outer;
        return {Place::Kind::Flow, -1, QStringLiteral("flows.") + m_flows[at].name};
    }

    const TaskTypes &m_types;
    QList<FileFlow> m_flows; ///< the file's own first
};

} // namespace

void checkFlowCircles(const FlowFacts &facts, QList<Issue> *issues)
{
    if (!facts.outer) // sub-flows are looked at with the whole file
        CircleFinder(facts).report(issues);
}

} // namespace flow::rules
