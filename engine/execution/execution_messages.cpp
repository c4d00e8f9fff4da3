// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/execution_messages.h"

#include "model/flow.h"
#include "tasks/seconds.h"

#include <QCoreApplication>
#include <QLocale>

namespace flow::messages {

namespace {

struct Messages
{
    Q_DECLARE_TR_FUNCTIONS(ExecutionMessages)
};

/// `0.5 s`, `300 s`: exact, in the unit of the settings.
QString shown(std::chrono::nanoseconds time)
{
    return QString::number(secondsOf(time), 'g', 15) + QStringLiteral(" s");
}

} // namespace

QString taskTimeLimit(const QString &task, std::chrono::nanoseconds limit)
{
    return Messages::tr("Task '%1' did not end within its time limit of %2").arg(task, shown(limit));
}

QString flowTimeLimit(const QString &flow, std::chrono::nanoseconds limit, const QString &task)
{
    return Messages::tr("Flow '%1' did not end within its time limit of %2; it had come to task '%3'")
        .arg(flow, shown(limit), task);
}

QString stepLimit(const QString &flow, int limit, const QString &task)
{
    return Messages::tr("Flow '%1' has reached its step limit of %2; task '%3' would have been next. Look for a loop "
                        "that does not end")
        .arg(flow, QLocale::c().toString(limit), task);
}

QString cancelledBeforeStart(const QString &flow)
{
    return Messages::tr("Flow '%1' was cancelled before it started").arg(flow);
}

QString cancelledDuring(const QString &flow, const QString &task)
{
    return Messages::tr("Flow '%1' was cancelled while task '%2' was running").arg(flow, task);
}

QString cancelledBetween(const QString &flow, const QString &task)
{
    return Messages::tr("Flow '%1' was cancelled while it waited to try task '%2' again").arg(flow, task);
}

QString cancelledBefore(const QString &flow, const QString &nextTask)
{
    return nextTask == endTarget ? Messages::tr("Flow '%1' was cancelled before its end").arg(flow)
                                 : Messages::tr("Flow '%1' was cancelled before task '%2'").arg(flow, nextTask);
}

QString attemptCancelled(const QString &task)
{
    return Messages::tr("Task '%1' was cancelled").arg(task);
}

QString because(const QString &cancelled, CancelReason reason)
{
    return reason == CancelReason::ProgramEnds ? Messages::tr("%1, because the program ended").arg(cancelled)
                                               : cancelled;
}

QString breakpointBefore(const QString &task)
{
    return Messages::tr("Breakpoint before task '%1'").arg(task);
}

QString breakpointAfter(const QString &condition)
{
    return Messages::tr("Breakpoint on condition '%1'").arg(condition);
}

QString breakpointFailed(const QString &place, const QString &error)
{
    return Messages::tr("%1, whose expression cannot be decided: %2").arg(place, error);
}

QString pausedByPerson(const QString &nextTask)
{
    return nextTask == endTarget ? Messages::tr("Paused before the end")
                                 : Messages::tr("Paused before task '%1'").arg(nextTask);
}

QString pausedByChild(const QString &task, const QString &reason)
{
    return Messages::tr("Task '%1' waits for a flow that is paused: %2").arg(task, reason);
}

QString startTaskUnknown(const QString &flow, const QString &task)
{
    if (task.isEmpty())
        return Messages::tr("Flow '%1' names no start task").arg(flow);
    return Messages::tr("Flow '%1' starts with task '%2', which it does not have").arg(flow, task);
}

QString targetUnknown(const QString &condition, const QString &source, const QString &target)
{
    return Messages::tr("Condition '%1' leads from task '%2' to task '%3', which the flow does not have")
        .arg(condition, source, target);
}

QString failedWithoutReason(const QString &task)
{
    return Messages::tr("Task '%1' failed without giving a reason").arg(task);
}

QString badStatus(const QString &task, const QString &status)
{
    return Messages::tr("Task '%1' ended with status '%2'; only success and failure are possible").arg(task, status);
}

QString typeNotRegistered(const QString &task, const QString &type)
{
    return Messages::tr("Task '%1' has type '%2', which is not registered").arg(task, type);
}

QString badSettings(const QString &task, const QString &errors)
{
    return Messages::tr("Task '%1' has wrong settings: %2").arg(task, errors);
}

QString exceptionOfUnknownKind(const QString &task)
{
    return Messages::tr("Task '%1' threw an exception that carries no text").arg(task);
}

QString secretsNotFilledIn()
{
    return Messages::tr("its secrets are given to it only while it runs");
}

QString noSecretsHere(const QString &name)
{
    return Messages::tr("there is no secret '%1': this program keeps none").arg(name);
}

QString secretsNotRecalled(const QString &reason)
{
    return Messages::tr("Secrets that this run was given before cannot be looked for in what its tasks say: %1")
        .arg(reason);
}

QString notStored(const QString &error)
{
    return Messages::tr("The execution could not be stored: %1").arg(error);
}

} // namespace flow::messages
