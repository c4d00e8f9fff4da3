// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/route.h"

#include "model/flow_index.h"

namespace flow {

namespace {

/// Which results of a task can still arrive at a condition.
struct Results
{
    bool success = false;
    bool failure = false;

    bool isEmpty() const { return !success && !failure; }
    Results operator&(Results other) const { return {success && other.success, failure && other.failure}; }
    Results operator-(Results other) const { return {success && !other.success, failure && !other.failure}; }
};

constexpr Results allResults{true, true};

Results resultsOf(Outcome outcome)
{
    return {outcome != Outcome::Failure, outcome != Outcome::Success};
}

Outcome outcomeOf(Results results)
{
    if (results.success == results.failure)
        return Outcome::Any;
    return results.success ? Outcome::Success : Outcome::Failure;
}

RouteKind plainKind(Results results)
{
    switch (outcomeOf(results)) {
    case Outcome::Success:
        return RouteKind::OnSuccess;
    case Outcome::Failure:
        return RouteKind::OnFailure;
    case Outcome::Any:
        return RouteKind::Always;
    }
    Q_UNREACHABLE();
}

/// Follows the conditions of one task in the order in which they are asked.
class RouteFinder
{
public:
    RouteFinder(const Flow &flow, const QString &source)
        : m_flow(flow)
        , m_source(source)
    {
    }

    QList<Route> find(const QList<qsizetype> &conditions)
    {
        for (const qsizetype index : conditions)
            ask(index);
        if (!m_open.isEmpty())
            m_routes.append(Route{m_source, endTarget, laterKind(m_open), outcomeOf(m_open), -1, false, false});
        return m_routes;
    }

private:
    void ask(qsizetype index)
    {
        const Condition &condition = m_flow.conditions[index];
        const Results wanted = resultsOf(condition.outcome);
        const bool hasExpression = !condition.when.isEmpty();

        const Results matching = m_open & wanted;
        add(condition.targetTaskSuccess, hasExpression ? RouteKind::Expression : laterKind(known(matching, wanted)),
            matching, wanted, index, true);
        // An expression may also be false, so that nothing is decided for what fits.
        const Results refused = hasExpression ? m_open : m_open - wanted;
        if (!condition.targetTaskFailure.isEmpty()) {
            const Results unwanted = allResults - wanted;
            const bool isOtherwise = hasExpression || unwanted.isEmpty();
            add(condition.targetTaskFailure, isOtherwise ? RouteKind::Otherwise : plainKind(known(refused, unwanted)),
                refused, unwanted, index, false);
            m_open = Results{};
        } else {
            m_open = refused;
        }
        m_sawExpression = m_sawExpression || hasExpression;
    }

    /// "Always" would be a lie where an expression was asked before.
    RouteKind laterKind(Results results) const
    {
        return m_sawExpression && outcomeOf(results) == Outcome::Any ? RouteKind::Otherwise : plainKind(results);
    }

    /// A route that nothing takes still says what it was meant for.
    static Results known(Results taken, Results meant) { return taken.isEmpty() ? meant : taken; }

    void add(const QString &target, RouteKind kind, Results taken, Results meant, qsizetype condition, bool matched)
    {
        m_routes.append(
            Route{m_source, target, kind, outcomeOf(known(taken, meant)), condition, matched, taken.isEmpty()});
    }

    const Flow &m_flow;
    const QString &m_source;
    Results m_open = allResults;
    bool m_sawExpression = false;
    QList<Route> m_routes;
};

} // namespace

QList<Route> routes(const Flow &flow)
{
    const FlowIndex index(flow);
    QList<Route> all;
    if (!flow.startTask.isEmpty())
        all.append(Route{QString(), flow.startTask, RouteKind::Always, Outcome::Any, -1, true, false});
    for (qsizetype i = 0; i < flow.tasks.size(); ++i) {
        const QString &name = flow.tasks[i].name;
        if (index.task(name) == i) // a second task of that name has no routes of its own
            all += RouteFinder(flow, name).find(index.conditionsOf(name));
    }
    return all;
}

QList<Route> routesFrom(const Flow &flow, const QString &taskName)
{
    if (!flow.task(taskName))
        return {};
    return RouteFinder(flow, taskName).find(flow.conditionsOf(taskName));
}

} // namespace flow
