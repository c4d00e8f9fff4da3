// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution.h"

#include <QMetaType>

#include <variant>

/// What happened in an execution, in order, told only after it was committed. Plain values for any thread.
namespace flow {

enum class LogLevel { Debug, Info, Warning, Error };
QString toString(LogLevel level); ///< debug, info, warning, error

struct ExecutionQueued
{
    FlowId flowId;
    RevisionId revision;
    bool operator==(const ExecutionQueued &) const = default;
};
struct ExecutionStarted
{
    FlowId flowId;
    RevisionId revision;
    ExecutionId parent = 0; ///< the execution that started it; 0: none did
    bool operator==(const ExecutionStarted &) const = default;
};

struct TaskStarted
{
    QString taskName;
    int sequenceNumber = 1;
    int attempt = 1;
    bool operator==(const TaskStarted &) const = default;
};

struct TaskProgressed
{
    QString taskName;
    double fraction = 0; ///< 0 to 1
    QString text;
    bool operator==(const TaskProgressed &) const = default;
};

struct TaskLogged
{
    QString taskName;
    LogLevel level = LogLevel::Info;
    QString text;
    bool operator==(const TaskLogged &) const = default;
};

struct TaskFinished
{
    QString taskName;
    int sequenceNumber = 1;
    int attempt = 1;
    TaskStatus status = TaskStatus::Success;
    QString error; ///< null when there is none
    double durationSeconds = 0;
    qsizetype condition = -1; ///< index of the condition that decided; -1: none did
    bool matched = false;     ///< that condition's answer
    QString nextTask;         ///< where it goes, `end` included; null when the execution ends for another reason
    std::optional<Timestamp> retryAt = {}; ///< it is tried again, not before this time
    bool operator==(const TaskFinished &) const = default;
};

/// It waits for a person.
struct ExecutionPaused
{
    QString nextTask; ///< what comes next, `end` included
    QString reason;   ///< for people
    bool operator==(const ExecutionPaused &) const = default;
};

struct ExecutionFinished
{
    ExecutionStatus status = ExecutionStatus::Completed;
    QString error;     ///< null when there is none
    QString errorTask; ///< null when there is none
    int totalTasksExecuted = 0;
    double durationSeconds = 0;
    bool operator==(const ExecutionFinished &) const = default;
};

struct ExecutionEvent
{
    using What = std::variant<ExecutionQueued, ExecutionStarted, TaskStarted, TaskProgressed, TaskLogged, TaskFinished,
                              ExecutionPaused, ExecutionFinished>;
    ExecutionId executionId = 0;
    Timestamp at;
    What what;

    bool operator==(const ExecutionEvent &) const = default;
};

} // namespace flow

Q_DECLARE_METATYPE(flow::ExecutionEvent)
