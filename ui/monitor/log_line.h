// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution_event.h"

namespace flow {

/// One line of the log as it is shown.
struct LogLine
{
    Timestamp at;
    LogLevel level = LogLevel::Info;
    QString task; ///< empty: the run itself
    QString text;
};

/// What an event says as a line; nothing for what other panels show better, such as progress without words.
/// `goesOn`: the run has been paused before.
std::optional<LogLine> logLine(const ExecutionEvent &event, bool goesOn = false);

/// "09:41:07.120"
QString logTime(Timestamp at);
/// The line as copied text.
QString toText(const LogLine &line);

} // namespace flow
