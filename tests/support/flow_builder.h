// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/flow.h"

#include <QRegularExpression>
#include <QStringList>

namespace flow::test {

/// `key=value` of a task in a recipe.
inline void applyOption(Task &task, const QString &key, const QString &value)
{
    const auto retry = [&task]() -> RetryPolicy & {
        if (!task.retry)
            task.retry = RetryPolicy{};
        return *task.retry;
    };
    if (key == u"type")
        task.type = value;
    else if (key == u"timeout")
        task.timeoutSeconds = value.toDouble();
    else if (key == u"retry")
        retry().maxAttempts = value.toInt();
    else if (key == u"delay")
        retry().delaySeconds = value.toDouble();
    else if (key == u"backoff")
        retry().backoff = value.toDouble();
    else if (key == u"max")
        retry().maxDelaySeconds = value.toDouble();
    else
        qFatal("flow recipe: unknown option '%s'", qPrintable(key));
}

/// Builds a flow in one line each.
///
/// tasks: `a b,retry=3,delay=2 c,timeout=1`; the first one starts; options: type, timeout, retry, delay, backoff, max.
/// conditions, named c0, c1, ...: `a success b|end; b any end; b any {input.x > 1} a`: source, outcome, {when}, target
/// when matched, and behind the bar, where there is one, the target when not.
inline Flow flowOf(const QString &tasks, const QString &conditions = {},
                   const QString &defaultType = QStringLiteral("scripted"))
{
    Flow flow;
    flow.id = QStringLiteral("test");
    flow.name = QStringLiteral("Test");
    for (const QString &word : tasks.split(u' ', Qt::SkipEmptyParts)) {
        const QStringList parts = word.split(u',');
        Task task;
        task.name = parts.first();
        task.type = defaultType;
        for (const QString &option : parts.mid(1))
            applyOption(task, option.section(u'=', 0, 0), option.section(u'=', 1));
        flow.tasks << task;
    }
    flow.startTask = flow.tasks.isEmpty() ? QString() : flow.tasks.first().name;

    static const QRegularExpression form(
        QStringLiteral("^\\s*(\\S+)\\s+(success|failure|any)\\s+(?:\\{(.*)\\}\\s+)?([^\\s|]+)(?:\\|(\\S+))?\\s*$"));
    for (const QString &line : conditions.split(u';', Qt::SkipEmptyParts)) {
        const QRegularExpressionMatch match = form.match(line);
        if (!match.hasMatch())
            qFatal("flow recipe: cannot read the condition '%s'", qPrintable(line));
        Condition condition;
        condition.name = QStringLiteral("c%1").arg(flow.conditions.size());
        condition.sourceTask = match.captured(1);
        const QString outcome = match.captured(2);
        condition.outcome = outcome == u"success"   ? Outcome::Success
                            : outcome == u"failure" ? Outcome::Failure
                                                    : Outcome::Any;
        condition.when = match.captured(3);
        condition.targetTaskSuccess = match.captured(4);
        condition.targetTaskFailure = match.captured(5);
        flow.conditions << condition;
    }
    return flow;
}

} // namespace flow::test
