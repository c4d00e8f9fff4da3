// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/execution.h"

namespace flow {

bool isFinished(ExecutionStatus status)
{
    return status != ExecutionStatus::Pending && status != ExecutionStatus::Running &&
           status != ExecutionStatus::Paused;
}

QString toString(ExecutionStatus status)
{
    switch (status) {
    case ExecutionStatus::Pending:
        return QStringLiteral("pending");
    case ExecutionStatus::Running:
        return QStringLiteral("running");
    case ExecutionStatus::Paused:
        return QStringLiteral("paused");
    case ExecutionStatus::Completed:
        return QStringLiteral("completed");
    case ExecutionStatus::Failure:
        return QStringLiteral("failure");
    case ExecutionStatus::Cancelled:
        return QStringLiteral("cancelled");
    case ExecutionStatus::Interrupted:
        return QStringLiteral("interrupted");
    }
    Q_UNREACHABLE();
}

QString toString(TaskStatus status)
{
    switch (status) {
    case TaskStatus::Pending:
        return QStringLiteral("pending");
    case TaskStatus::Running:
        return QStringLiteral("running");
    case TaskStatus::Success:
        return QStringLiteral("success");
    case TaskStatus::Failure:
        return QStringLiteral("failure");
    case TaskStatus::Cancelled:
        return QStringLiteral("cancelled");
    case TaskStatus::Interrupted:
        return QStringLiteral("interrupted");
    }
    Q_UNREACHABLE();
}

std::optional<ExecutionStatus> executionStatusFromString(const QString &word)
{
    using S = ExecutionStatus;
    for (const S status : {S::Pending, S::Running, S::Paused, S::Completed, S::Failure, S::Cancelled, S::Interrupted}) {
        if (toString(status) == word)
            return status;
    }
    return std::nullopt;
}

std::optional<TaskStatus> taskStatusFromString(const QString &word)
{
    using S = TaskStatus;
    for (const S status : {S::Pending, S::Running, S::Success, S::Failure, S::Cancelled, S::Interrupted}) {
        if (toString(status) == word)
            return status;
    }
    return std::nullopt;
}

QString toString(AttemptOrigin origin)
{
    switch (origin) {
    case AttemptOrigin::Run:
        return QStringLiteral("run");
    case AttemptOrigin::Forced:
        return QStringLiteral("forced");
    case AttemptOrigin::Reused:
        return QStringLiteral("reused");
    }
    Q_UNREACHABLE();
}

std::optional<AttemptOrigin> attemptOriginFromString(const QString &word)
{
    for (const AttemptOrigin origin : {AttemptOrigin::Run, AttemptOrigin::Forced, AttemptOrigin::Reused}) {
        if (toString(origin) == word)
            return origin;
    }
    return std::nullopt;
}

} // namespace flow
