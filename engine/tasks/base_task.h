// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancellation.h"
#include "base/clock.h"
#include "base/secret_finder.h"
#include "model/execution_event.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QStringList>

#include <functional>

namespace flow {

class ChildFlows;

/// What a task gives back. `data` is undefined when there is none.
struct TaskResult
{
    /// Only tasks that wait for executions of their own leave one open.
    enum class Open {
        No,
        Paused,      ///< one of these is paused: the attempt goes on when the execution does
        Interrupted, ///< one of these was interrupted and waits for a person
    };

    TaskStatus status = TaskStatus::Success;
    QJsonValue data = QJsonValue::Undefined;
    QString error; ///< null when there is none; why it is open
    Open open = Open::No;

    static TaskResult success(const QJsonValue &data = QJsonValue::Undefined)
    {
        return {TaskStatus::Success, data, {}, Open::No};
    }
    static TaskResult failure(const QString &error, const QJsonValue &data = QJsonValue::Undefined)
    {
        return {TaskStatus::Failure, data, error, Open::No};
    }
    bool operator==(const TaskResult &) const = default;
};

/// What one attempt of a task may see and do. Lives on the execution's thread for the length of execute().
struct TaskRun
{
    QString taskName;
    QJsonObject config;  ///< the task's settings: checked against the type's schema, its defaults filled in
    QJsonObject context; ///< input and the results so far: `context[task name] = {status[, data][, error]}`
    QStringList
        history; ///< names of the attempts that have ended, oldest first: the order that `context` does not have
    int attempt = 1;
    CancelToken cancel; ///< also trips at the time limits; a task that waits or loops must ask it
    const Clock *clock = &systemClock();
    std::function<void(LogLevel level, const QString &text)> log;
    std::function<void(double fraction, const QString &text)> progress; ///< fraction from 0 to 1
    ExecutionId executionId = 0;
    int sequenceNumber = 1;      ///< of the attempt in its execution
    ChildFlows *flows = nullptr; ///< runs other flows; null where that is not possible
    CancelToken abort;           ///< trips after `cancel` when even what runs at the end of a flow has to stop
    /// Whether somebody wants the execution to pause; what waits for flows then starts no more of them.
    std::function<bool()> isPauseWanted;
    /// What becomes of the paused flows that this attempt has started before, as a person lets its execution go on.
    enum class Wakes { Nothing, ForOneStep, Freely } wakes = Wakes::Nothing;
    /// For a text that the task has cut off, and does not end or begin with `…` there: takes out what the cut may have
    /// left of a secret. All else that a task says is searched by itself.
    std::function<QString(const QString &text, TextCut cut)> withoutSecrets = [](const QString &text, TextCut) {
        return text;
    };
};

/// An implementation of a task type. A fresh one is made for each attempt.
class BaseTask
{
public:
    virtual ~BaseTask() = default;
    /// Runs on an execution thread. Returns soon (within 100 ms) after `run.cancel` trips; what it returns then is
    /// dropped. Does not throw; the engine treats an exception as a failure with the exception's text.
    virtual TaskResult execute(TaskRun &run) = 0;
};

} // namespace flow
