// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/flow_graph.h"
#include "model/flow_scope.h"
#include "model/validate.h"

#include <QCoreApplication>

/// The rules behind validate(). Private to flow_model: each adds the Issues of one kind, and none depends on another.
namespace flow::rules {

/// What several rules want to know, worked out once.
struct FlowFacts
{
    FlowFacts(const Flow &theFlow, const TaskTypes &theTypes)
        : flow(theFlow)
        , types(theTypes)
        , index(theFlow)
        , routes(flow::routes(theFlow))
        , graph(theFlow, index, routes)
    {
    }

    const Flow &flow;
    const TaskTypes &types;
    FlowIndex index;
    QList<Route> routes;
    FlowGraph graph;

    /// Of the flow's expressions; worked out when it is first asked for, because most flows have none.
    const Scope &scope() const
    {
        if (!m_scope)
            m_scope = scopeOf(flow, types);
        return *m_scope;
    }

private:
    mutable std::optional<Scope> m_scope;
};

using Rule = void (*)(const FlowFacts &facts, QList<Issue> *issues);

void checkThatThereAreTasks(const FlowFacts &facts, QList<Issue> *issues);
void checkStartTask(const FlowFacts &facts, QList<Issue> *issues);
void checkInputs(const FlowFacts &facts, QList<Issue> *issues);
void checkHandlers(const FlowFacts &facts, QList<Issue> *issues);
/// What is wrong in the flows that stand in the same file.
void checkSubFlows(const FlowFacts &facts, QList<Issue> *issues);
void checkTaskNames(const FlowFacts &facts, QList<Issue> *issues);
void checkTextLengths(const FlowFacts &facts, QList<Issue> *issues);
void checkNumbers(const FlowFacts &facts, QList<Issue> *issues);
void checkTaskTypes(const FlowFacts &facts, QList<Issue> *issues);
void checkTaskSettings(const FlowFacts &facts, QList<Issue> *issues);
void checkConditionReferences(const FlowFacts &facts, QList<Issue> *issues);
void checkExpressions(const FlowFacts &facts, QList<Issue> *issues);
void checkRoutesNeverTaken(const FlowFacts &facts, QList<Issue> *issues);
void checkReachability(const FlowFacts &facts, QList<Issue> *issues);
void checkCycles(const FlowFacts &facts, QList<Issue> *issues);
void checkWayToEnd(const FlowFacts &facts, QList<Issue> *issues);

/// Translates a sentence of an Issue.
inline QString issueText(const char *sentence)
{
    return QCoreApplication::translate("Issue", sentence);
}

Place taskPlace(qsizetype index, const QString &field = {});
Place conditionPlace(qsizetype index, const QString &field = {});
Fix removeCondition(qsizetype index, const Condition &condition);

} // namespace flow::rules
