// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/execution.h"
#include "model/execution_event.h"

namespace flow {

namespace {

template <typename Word, size_t Count>
std::optional<Word> find(const Word (&words)[Count], const QString &text)
{
    for (const Word word : words) {
        if (toString(word) == text)
            return word;
    }
    return std::nullopt;
}

} // namespace

bool isFinished(ExecutionStatus status)
{
    return status != ExecutionStatus::Pending && status != ExecutionStatus::Running;
}

QString toString(ExecutionStatus status)
{
    switch (status) {
    case ExecutionStatus::Pending: return QStringLiteral("pending");
    case ExecutionStatus::Running: return QStringLiteral("running");
    case ExecutionStatus::Completed: return QStringLiteral("completed");
    case ExecutionStatus::Failure: return QStringLiteral("failure");
    case ExecutionStatus::Cancelled: return QStringLiteral("cancelled");
    case ExecutionStatus::Interrupted: return QStringLiteral("interrupted");
    }
    Q_UNREACHABLE();
}

QString toString(TaskStatus status)
{
    switch (status) {
    case TaskStatus::Pending: return QStringLiteral("pending");
    case TaskStatus::Running: return QStringLiteral("running");
    case TaskStatus::Success: return QStringLiteral("success");
    case TaskStatus::Failure: return QStringLiteral("failure");
    case TaskStatus::Cancelled: return QStringLiteral("cancelled");
    case TaskStatus::Interrupted: return QStringLiteral("interrupted");
    }
    Q_UNREACHABLE();
}

QString toString(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug: return QStringLiteral("debug");
    case LogLevel::Info: return QStringLiteral("info");
    case LogLevel::Warning: return QStringLiteral("warning");
    case LogLevel::Error: return QStringLiteral("error");
    }
    Q_UNREACHABLE();
}

std::optional<ExecutionStatus> executionStatusFromString(const QString &word)
{
    static constexpr ExecutionStatus all[] = {ExecutionStatus::Pending,   ExecutionStatus::Running,
                                              ExecutionStatus::Completed, ExecutionStatus::Failure,
                                              ExecutionStatus::Cancelled, ExecutionStatus::Interrupted};
    return find(all, word);
}

std::optional<TaskStatus> taskStatusFromString(const QString &word)
{
    static constexpr TaskStatus all[] = {TaskStatus::Pending, TaskStatus::Running,   TaskStatus::Success,
                                         TaskStatus::Failure, TaskStatus::Cancelled, TaskStatus::Interrupted};
    return find(all, word);
}

} // namespace flow
