// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/route.h"

#include <QHash>

namespace flow {

namespace {

/// Which results of a task are meant; at most both.
struct Results
{
    bool success = false;
    bool failure = false;

    bool none() const { return !success && !failure; }
    Results only(Outcome outcome) const
    {
        return {success && outcome != Outcome::Failure, failure && outcome != Outcome::Success};
    }
    Results without(Results other) const { return {success && !other.success, failure && !other.failure}; }
};

RouteKind kindOf(Results results)
{
    if (results.success && results.failure)
        return RouteKind::Always;
    return results.success ? RouteKind::OnSuccess : RouteKind::OnFailure;
}

Outcome outcomeOf(Results results)
{
    if (results.success && results.failure)
        return Outcome::Any;
    return results.success ? Outcome::Success : Outcome::Failure;
}

/// Walks the conditions of one task in the order in which they are asked and keeps what is not decided yet.
class TaskRoutes
{
public:
    explicit TaskRoutes(const QString &source) : m_source(source) {}

    void ask(qsizetype index, const Condition &condition)
    {
        if (condition.when.isEmpty())
            askOutcome(index, condition);
        else
            askExpression(index, condition);
    }

    QList<Route> finish()
    {
        if (!m_open.none())
            add(m_asked ? RouteKind::Otherwise : kindOf(m_open), m_open, -1, true, endTarget);
        return m_routes;
    }

private:
    void askOutcome(qsizetype index, const Condition &condition)
    {
        const Results fits = m_open.only(condition.outcome);
        const Results rest = m_open.without(fits);
        const Results declared = Results{true, true}.only(condition.outcome);
        add(kindOf(fits.none() ? declared : fits), fits, index, true, condition.targetTaskSuccess);
        m_open = rest;
        if (condition.targetTaskFailure.isEmpty())
            return;
        // The reference demands a failure target where it can never be taken; only one that says something else is worth a wire.
        const bool isNoise = rest.none()
                             && (condition.targetTaskFailure == endTarget || condition.targetTaskFailure == condition.targetTaskSuccess);
        const Results other = Results{true, true}.without(declared);
        const RouteKind kind = !rest.none() ? kindOf(rest) : other.none() ? RouteKind::Otherwise : kindOf(other);
        if (!isNoise)
            add(kind, rest, index, false, condition.targetTaskFailure);
        m_open = {};
    }

    void askExpression(qsizetype index, const Condition &condition)
    {
        add(RouteKind::Expression, m_open.only(condition.outcome), index, true, condition.targetTaskSuccess);
        if (!condition.targetTaskFailure.isEmpty()) {
            add(RouteKind::Otherwise, m_open, index, false, condition.targetTaskFailure);
            m_open = {};
        }
        m_asked = true;
    }

    void add(RouteKind kind, Results results, qsizetype condition, bool matched, const QString &target)
    {
        m_routes << Route{.source = m_source, .target = target, .kind = kind,
                          .outcome = results.none() ? Outcome::Any : outcomeOf(results), .condition = condition,
                          .matched = matched, .neverTaken = results.none()};
    }

    QString m_source;
    Results m_open = {true, true};
    bool m_asked = false; ///< an expression stands before what is left
    QList<Route> m_routes;
};

} // namespace

QList<Route> routesFrom(const Flow &flow, const QString &taskName)
{
    TaskRoutes task(taskName);
    for (const qsizetype index : flow.conditionsOf(taskName))
        task.ask(index, flow.conditions[index]);
    return task.finish();
}

QList<Route> routes(const Flow &flow)
{
    QHash<QString, QList<qsizetype>> bySource;
    for (qsizetype index = 0; index < flow.conditions.size(); ++index)
        bySource[flow.conditions[index].sourceTask] << index;

    QList<Route> all;
    if (!flow.startTask.isEmpty())
        all << Route{.source = QString(), .target = flow.startTask};
    for (const Task &task : flow.tasks) {
        TaskRoutes routes(task.name);
        for (const qsizetype index : bySource.value(task.name))
            routes.ask(index, flow.conditions[index]);
        all += routes.finish();
    }
    return all;
}

} // namespace flow
