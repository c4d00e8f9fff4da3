// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/flow_document.h"
#include "support/flow_builder.h"

namespace flow::test {

inline QString word(const char *text)
{
    return QString::fromLatin1(text);
}

inline const TaskTypes &documentTypes()
{
    static const TaskTypes types = [] {
        TaskTypes all;
        for (const QString &name : {word("scripted"), word("noop"), word("delay")}) {
            TaskType type;
            type.name = name;
            all.insert(name, type);
        }
        return all;
    }();
    return types;
}

/// A flow in the words of flowOf(), its cards in a row.
inline FlowFile fileOf(const QString &tasks, const QString &conditions = {})
{
    FlowFile file{flowOf(tasks, conditions), {}};
    double x = 0;
    for (const Task &task : file.flow.tasks) {
        file.layout.tasks.insert(task.name, QPointF(x, 0));
        x += 260;
    }
    return file;
}

/// The ways out of a task by meaning, in drawing order: `success>b failure>end`; what is never taken has a `!`, an
/// expression its outcome.
inline QString waysOf(const Flow &flow, const QString &source)
{
    QStringList ways;
    for (const Route &route : routesFrom(flow, source)) {
        static const char *const kinds[] = {"success", "failure", "always", "when", "otherwise"};
        QString way = word(kinds[int(route.kind)]);
        if (route.kind == RouteKind::Expression && route.outcome != Outcome::Any)
            way += u'(' + toString(route.outcome) + u')';
        ways << (route.neverTaken ? word("!") : QString()) + way + u'>' + route.target;
    }
    return ways.join(u' ');
}

/// The conditions in the words of flowOf(), without names.
inline QString conditionsOf(const Flow &flow)
{
    QStringList lines;
    for (const Condition &condition : flow.conditions) {
        QString line = condition.sourceTask + u' ' + toString(condition.outcome) + u' ';
        if (!condition.when.isEmpty())
            line += u'{' + condition.when + word("} ");
        line += condition.targetTaskSuccess;
        if (!condition.targetTaskFailure.isEmpty())
            line += u'|' + condition.targetTaskFailure;
        lines << line;
    }
    return lines.join(word("; "));
}

/// An open flow of a, b and c: a leads to b, and on failure to c.
struct Open
{
    FlowFile file = fileOf(word("a b c"), word("a success b|c; b success c|end"));
    FlowDocument document{file, {}, &documentTypes()};

    QString text() const { return const_cast<FlowDocument &>(document).undoStack()->undoText(); }
    int steps() const { return const_cast<FlowDocument &>(document).undoStack()->count(); }
    QPointF place(const char *name) const { return document.layout().tasks.value(word(name)); }
};

inline Task taskWith(const Task &task, const QString &description)
{
    Task changed = task;
    changed.description = description;
    return changed;
}

} // namespace flow::test
