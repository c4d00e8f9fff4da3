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
    /// `theLibrary` is null where it is not known. `theOuter` is the flow in whose file this one stands as a sub-flow;
    /// null for the file's own.
    FlowFacts(const Flow &theFlow, const TaskTypes &theTypes, const LibraryFlows *theLibrary,
              const FlowFacts *theOuter = nullptr)
        : flow(theFlow)
        , types(theTypes)
        , library(theLibrary)
        , outer(theOuter)
        , index(theFlow)
        , routes(flow::routes(theFlow))
        , graph(theFlow, index, routes)
    {
    }

    const Flow &flow;
    const TaskTypes &types;
    const LibraryFlows *library;
    const FlowFacts *outer;
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

    /// The sub-flow that a task of this flow means by that name; null where there is none in the file.
    const Flow *subFlow(const QString &name) const
    {
        const auto own = flow.flows.constFind(name);
        if (own != flow.flows.constEnd())
            return &*own;
        return outer ? outer->subFlow(name) : nullptr;
    }

    const Flow &fileFlow() const { return outer ? outer->fileFlow() : flow; }

private:
    mutable std::optional<Scope> m_scope;
};

/// What all rules find: errors first, then in the flow's order.
QList<Issue> issuesOf(const FlowFacts &facts);

using Rule = void (*)(const FlowFacts &facts, QList<Issue> *issues);

void checkThatThereAreTasks(const FlowFacts &facts, QList<Issue> *issues);
void checkStartTask(const FlowFacts &facts, QList<Issue> *issues);
void checkInputs(const FlowFacts &facts, QList<Issue> *issues);
void checkHandlers(const FlowFacts &facts, QList<Issue> *issues);
/// What is wrong in the flows that stand in the same file.
void checkSubFlows(const FlowFacts &facts, QList<Issue> *issues);
/// Settings of a sub-flow that have no effect there.
void checkIdleSettings(const FlowFacts &facts, QList<Issue> *issues);
/// Flows that run each other without end.
void checkFlowCircles(const FlowFacts &facts, QList<Issue> *issues);
/// Flows that tasks run and that are not there.
void checkCalledFlows(const FlowFacts &facts, QList<Issue> *issues);
/// What tasks hand to the sub-flows that they run.
void checkFlowCalls(const FlowFacts &facts, QList<Issue> *issues);
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

/// What breaks the schema whatever the expressions in the texts of `written` become.
QList<Error> lastingMistakes(const QJsonObject &schema, const QJsonObject &written);

Place taskPlace(qsizetype index, const QString &field = {});
Place conditionPlace(qsizetype index, const QString &field = {});
Fix removeCondition(qsizetype index, const Condition &condition);

} // namespace flow::rules
