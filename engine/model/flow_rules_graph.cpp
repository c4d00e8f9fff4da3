// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_rules.h"

/// Rules on the drawing as a whole: every task can run, every run can end.

#include <algorithm>

namespace flow::rules {

namespace {

/// `a → b → c → a`, shortened in the middle.
QString pathText(const Flow &flow, const QList<qsizetype> &path)
{
    constexpr qsizetype mostNamed = 6;
    QStringList names;
    for (const qsizetype task : path.mid(0, mostNamed))
        names << flow.tasks[task].name;
    if (path.size() > mostNamed)
        names << QStringLiteral("…");
    names << flow.tasks[path.first()].name;
    return names.join(QStringLiteral(" → "));
}

Fix removeTask(qsizetype index, const QString &name)
{
    return {issueText("Remove this task"), [index, name](Flow &flow) {
                if (index >= flow.tasks.size() || flow.tasks[index].name != name || flow.startTask == name)
                    return;
                flow.tasks.removeAt(index);
                flow.conditions.removeIf([&](const Condition &condition) {
                    return condition.sourceTask == name || condition.targetTaskSuccess == name;
                });
                for (Condition &condition : flow.conditions) {
                    if (condition.targetTaskFailure == name)
                        condition.targetTaskFailure = endTarget;
                }
            }};
}

} // namespace

void checkReachability(const FlowFacts &facts, QList<Issue> *issues)
{
    if (facts.graph.start() < 0)
        return; // without a start nothing is reachable, and that is said already
    const QList<bool> reachable = facts.graph.reachable();
    for (qsizetype i = 0; i < facts.graph.size(); ++i) {
        const QString &name = facts.flow.tasks[i].name;
        if (reachable[i] || facts.index.task(name) != i)
            continue;
        issues->append({Severity::Warning, QStringLiteral("unreachable-task"),
                        issueText("Task '%1' never runs: no route leads to it.").arg(name), taskPlace(i),
                        removeTask(i, name)});
    }
}

void checkCycles(const FlowFacts &facts, QList<Issue> *issues)
{
    for (const QList<qsizetype> &cycle : facts.graph.cycles()) {
        issues->append(
            {Severity::Warning, QStringLiteral("cycle"),
             issueText(
                 "These tasks can run again and again: %1. The step limit ends a run that does not stop by itself.")
                 .arg(pathText(facts.flow, cycle)),
             taskPlace(cycle.first())});
    }
}

void checkWayToEnd(const FlowFacts &facts, QList<Issue> *issues)
{
    if (facts.graph.start() < 0)
        return;
    const QString rule = QStringLiteral("no-way-to-end");
    const QList<bool> ending = facts.graph.reachingEnd();
    if (!ending[facts.graph.start()]) {
        issues->append({Severity::Warning, rule,
                        issueText("No route leads to the end: every run goes on until the step limit stops it."),
                        Place{}});
        return;
    }
    const QList<bool> reachable = facts.graph.reachable();
    for (qsizetype i = 0; i < facts.graph.size(); ++i) {
        const QList<qsizetype> &before = facts.graph.previous(i);
        const bool isEntry =
            std::any_of(before.begin(), before.end(), [&](qsizetype task) { return ending[task] && reachable[task]; });
        if (reachable[i] && !ending[i] && isEntry) {
            issues->append(
                {Severity::Warning, rule,
                 issueText(
                     "From task '%1' no route leads to the end: a run that comes here goes on until the step limit "
                     "stops it.")
                     .arg(facts.flow.tasks[i].name),
                 taskPlace(i)});
        }
    }
}

} // namespace flow::rules
