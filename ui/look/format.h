// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/timestamp.h"
#include "model/execution_trace.h"

#include <QString>

#include "look/theme.h"

/// Numbers, durations, times and states as people read them, by locale. GUI thread.
namespace flow {

QString formatDuration(double seconds);            ///< "0.84 s", "12 ms", "4 min 05 s", "2 h 13 min"
QString formatNumber(qint64 number);               ///< thousands separated
QString formatWhen(Timestamp time, Timestamp now); ///< "just now", "5 min ago", "08:00", "yesterday", "12 Jan"
QString formatExact(Timestamp time);               ///< local date and time with seconds, for tooltips

/// A state's word ("done", "failed", "running", ...), icon name and colour.
struct StateLook
{
    QString word;
    QString icon;
    Role role;
};
/// Where a result comes from; empty where the task simply ran.
QString originText(AttemptOrigin origin, std::optional<ExecutionId> resumedFrom);
QString timeOfDay(Timestamp at); ///< "12:03:10", here
QString retryText(Timestamp at); ///< "tries again at 12:03:10"

StateLook look(TaskStatus status);
StateLook look(const TaskTrace &trace); ///< of its status, or that it is tried again
StateLook look(ExecutionStatus status);

} // namespace flow
