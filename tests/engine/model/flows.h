// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/flow_file.h"
#include "model/task_type.h"

#include <QFile>
#include <QRandomGenerator>

/// Short ways to flows for tests of the model.
namespace flow::test {

inline QString q(const char *text)
{
    return QString::fromUtf8(text);
}

inline Task task(const QString &name, const QString &type = QStringLiteral("noop"))
{
    return Task{.name = name, .type = type};
}

/// From one line: `a success b end; a any c; b failure c - tasks.a.data`: source, outcome, target when matched, target
/// when not (`-` or nothing: none), and an expression. Conditions are called c0, c1, ...
inline QList<Condition> conditions(const QString &text)
{
    QList<Condition> list;
    for (const QString &line : text.split(u';', Qt::SkipEmptyParts)) {
        const QStringList words = line.split(u' ', Qt::SkipEmptyParts);
        Condition condition;
        condition.name = QStringLiteral("c%1").arg(list.size());
        condition.sourceTask = words.value(0);
        condition.outcome = outcomeFromString(words.value(1)).value();
        condition.targetTaskSuccess = words.value(2);
        condition.targetTaskFailure = words.value(3) == QStringLiteral("-") ? QString() : words.value(3);
        condition.when = words.mid(4).join(u' ');
        list << condition;
    }
    return list;
}

/// `a b c` are the tasks, the first one is the start.
inline Flow flow(const QString &tasks, const QString &conditionText = {})
{
    Flow result;
    result.id = QStringLiteral("f");
    result.name = QStringLiteral("F");
    for (const QString &name : tasks.split(u' ', Qt::SkipEmptyParts))
        result.tasks << task(name);
    result.startTask = result.tasks.isEmpty() ? QString() : result.tasks.first().name;
    result.conditions = conditions(conditionText);
    return result;
}

/// Anything that Draft reading accepts and that has a few loops, jumps and dead ends.
inline Flow randomFlow(quint32 seed, int taskCount)
{
    QRandomGenerator random(seed);
    Flow result = flow({});
    for (int i = 0; i < taskCount; ++i)
        result.tasks << task(QStringLiteral("t%1").arg(i));
    result.startTask = QStringLiteral("t0");
    const auto target = [&](int from) {
        const int kind = random.bounded(10);
        const int near = std::min(taskCount - 1, from + 1 + random.bounded(3));
        return kind == 0 ? endTarget : QStringLiteral("t%1").arg(kind < 8 ? near : random.bounded(taskCount));
    };
    for (int i = 0; i < taskCount; ++i) {
        for (int k = random.bounded(3); k >= 0; --k) {
            Condition condition;
            condition.name = QStringLiteral("c%1_%2").arg(i).arg(k);
            condition.sourceTask = QStringLiteral("t%1").arg(i);
            condition.outcome = Outcome(random.bounded(3));
            condition.targetTaskSuccess = target(i);
            if (random.bounded(2) == 0)
                condition.targetTaskFailure = target(i);
            if (random.bounded(4) == 0)
                condition.when = QStringLiteral("input.x > %1").arg(k);
            result.conditions << condition;
        }
    }
    return result;
}

/// The task types that examples use.
inline TaskTypes exampleTypes()
{
    TaskTypes types;
    for (const char *name : {"task1", "task2", "task3", "validate_data", "send_notification", "noop", "delay", "log",
                             "set_variables", "fail"})
        types.insert(q(name), TaskType{.name = q(name)});
    return types;
}

inline QStringList exampleNames()
{
    return {q("flow123"), q("failure-handling"), q("retry-loop"), q("thirty-tasks")};
}

inline QString examplePath(const QString &name)
{
    return q(FLOW_SOURCE_DIR "/resources/examples/") + name + q(".flow.json");
}

inline QByteArray exampleText(const QString &name)
{
    QFile file(examplePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace flow::test
