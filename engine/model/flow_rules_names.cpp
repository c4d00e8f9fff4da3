// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_rules.h"

/// Rules on tasks as such: there are some, one is the start, each has a name of its own and a type that exists.
#include "base/json_reader.h"
#include "base/similar_word.h"
#include "model/flow_limits.h"

namespace flow::rules {

namespace {

QString freeName(const Flow &flow, const QString &wanted)
{
    const FlowIndex index(flow);
    for (int number = 2;; ++number) {
        const QString name = QStringLiteral("%1_%2").arg(leftCharacters(wanted, limits::name - 10)).arg(number);
        if (!index.isTarget(name))
            return name;
    }
}

Fix renameTask(qsizetype index, const QString &oldName)
{
    return {issueText("Rename this task"), [index, oldName](Flow &flow) {
                if (index >= flow.tasks.size() || flow.tasks[index].name != oldName)
                    return;
                const QString name = freeName(flow, oldName);
                const bool isOwner = flow.taskIndex(oldName) == index; // the first of that name owns what refers to it
                if (flow.tasks[index].type.isEmpty())
                    flow.tasks[index].type = oldName;
                flow.tasks[index].name = name;
                if (!isOwner)
                    return;
                if (flow.startTask == oldName)
                    flow.startTask = name;
                if (flow.failureTask == oldName)
                    flow.failureTask = name;
                if (flow.finalTask == oldName)
                    flow.finalTask = name;
                for (Condition &condition : flow.conditions) {
                    if (condition.sourceTask == oldName)
                        condition.sourceTask = name;
                }
            }};
}

} // namespace

void checkThatThereAreTasks(const FlowFacts &facts, QList<Issue> *issues)
{
    if (facts.flow.tasks.isEmpty()) {
        issues->append({Severity::Error,
                        QStringLiteral("empty-flow"),
                        issueText("There are no tasks yet. Add the first one from the palette."),
                        {Place::Kind::Flow, -1, QStringLiteral("tasks")}});
    }
}

void checkStartTask(const FlowFacts &facts, QList<Issue> *issues)
{
    const Flow &flow = facts.flow;
    if (flow.tasks.isEmpty() || facts.index.task(flow.startTask) >= 0)
        return;
    const bool isMissing = flow.startTask.isEmpty();
    const QString first = flow.tasks.first().name;
    Issue issue{Severity::Error,
                isMissing ? QStringLiteral("start-task-missing") : QStringLiteral("start-task-unknown"),
                isMissing ? issueText("No task is the start. Connect the start marker to the task that runs first.")
                          : issueText("The start task '%1' does not exist in this flow.").arg(flow.startTask),
                {Place::Kind::Flow, -1, QStringLiteral("start_task")}};
    issue.fix = Fix{issueText("Start with '%1'").arg(first), [first](Flow &changed) { changed.startTask = first; }};
    issues->append(issue);
}

void checkHandlers(const FlowFacts &facts, QList<Issue> *issues)
{
    struct Handler
    {
        QString Flow::*task;
        const char *field;
        const char *sentence;
    };
    constexpr Handler handlers[] = {
        {&Flow::failureTask, "failure_task",
         QT_TRANSLATE_NOOP("Issue", "The task '%1', which should run after a failure, does not exist in this flow.")},
        {&Flow::finalTask, "final_task",
         QT_TRANSLATE_NOOP("Issue", "The task '%1', which should run at the end, does not exist in this flow.")}};
    for (const Handler &handler : handlers) {
        const QString name = facts.flow.*handler.task;
        if (name.isEmpty() || facts.index.task(name) >= 0)
            continue;
        Issue issue{Severity::Error, QStringLiteral("unknown-handler"), issueText(handler.sentence).arg(name),
                    Place{Place::Kind::Flow, -1, QString::fromLatin1(handler.field)}};
        issue.fix = Fix{issueText("Remove it"), [task = handler.task, name](Flow &flow) {
                            if (flow.*task == name)
                                (flow.*task).clear();
                        }};
        issues->append(issue);
    }
}

void checkSubFlows(const FlowFacts &facts, QList<Issue> *issues)
{
    for (auto inner = facts.flow.flows.begin(); inner != facts.flow.flows.end(); ++inner) {
        for (Issue issue : issuesOf(FlowFacts(*inner, facts.types, facts.library, &facts))) {
            issue.text = issueText("In sub-flow '%1': %2").arg(inner.key(), issue.text);
            issue.place = {Place::Kind::Flow, -1, QStringLiteral("flows.") + inner.key()};
            issue.fix.reset(); // it would change this flow
            issues->append(std::move(issue));
        }
    }
}

void checkIdleSettings(const FlowFacts &facts, QList<Issue> *issues)
{
    if (!facts.outer || !facts.flow.concurrency)
        return;
    issues->append(
        {Severity::Warning,
         QStringLiteral("idle-concurrency"),
         issueText("The limit of its runs at once has no effect: runs that tasks start are not counted. Remove "
                   "'concurrency' here; a 'for_each' has a 'concurrency' of its own."),
         {Place::Kind::Flow, -1, QStringLiteral("concurrency")}});
}

void checkTaskNames(const FlowFacts &facts, QList<Issue> *issues)
{
    for (qsizetype i = 0; i < facts.flow.tasks.size(); ++i) {
        const QString &name = facts.flow.tasks[i].name;
        const Place place = taskPlace(i, QStringLiteral("name"));
        if (name == endTarget) {
            issues->append({Severity::Error, QStringLiteral("task-named-end"),
                            issueText("No task may be called 'end': that is the name of the flow's end."), place,
                            renameTask(i, name)});
        }
        if (!name.isEmpty() && facts.index.task(name) != i) {
            issues->append({Severity::Error, QStringLiteral("duplicate-task-name"),
                            issueText("There are several tasks called '%1'. Each needs a name of its own.").arg(name),
                            place, renameTask(i, name)});
        }
    }
}

void checkTaskTypes(const FlowFacts &facts, QList<Issue> *issues)
{
    constexpr int mostSuggestions = 100; // comparing words takes time, and nobody reads more
    int suggestions = 0;
    const QStringList known = facts.types.keys();
    for (qsizetype i = 0; i < facts.flow.tasks.size(); ++i) {
        const QString type = facts.flow.tasks[i].typeName();
        if (type.isEmpty() || facts.types.contains(type))
            continue;
        // The sentence is the reference's own, word by word.
        Issue issue{Severity::Error, QStringLiteral("unknown-task-type"),
                    QStringLiteral("Task '%1' not found in task registry").arg(type),
                    taskPlace(i, QStringLiteral("type"))};
        const QString likely = suggestions++ < mostSuggestions ? similarWord(type, known) : QString();
        if (!likely.isEmpty()) {
            issue.text = issueText("%1. Did you mean '%2'?").arg(issue.text, likely);
            issue.fix = Fix{issueText("Use '%1'").arg(likely), [i, type, likely](Flow &flow) {
                                if (i < flow.tasks.size() && flow.tasks[i].typeName() == type)
                                    flow.tasks[i].type = likely;
                            }};
        }
        issues->append(issue);
    }
}

} // namespace flow::rules
