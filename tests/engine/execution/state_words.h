// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "execution/execution_state.h"
#include "recording.h"

#include <QRegularExpression>

namespace flow::test {

/// What comes next, short: `run 3 b#1`, `run 1 a#1 again`, `run 2 b#1 forced`, `wait a until 12`, `pause before b:
/// reason`, or the end as endOf() says it.
inline QString said(const ExecutionState::Next &next, const Flow &flow)
{
    if (const auto *attempt = std::get_if<NextAttempt>(&next)) {
        const QString line = QStringLiteral("run %1 %2#%3")
                                 .arg(attempt->sequenceNumber)
                                 .arg(flow.tasks[attempt->task].name)
                                 .arg(attempt->attempt);
        return line + (attempt->isReentered ? QStringLiteral(" again") : QString()) +
               (attempt->forced ? QStringLiteral(" forced") : QString());
    }
    if (const auto *pause = std::get_if<NextPause>(&next))
        return QStringLiteral("wait %1 until %2")
            .arg(flow.tasks[pause->task].name)
            .arg(std::chrono::duration<double>(pause->until).count());
    if (const auto *hold = std::get_if<NextHold>(&next))
        return QStringLiteral("pause before %1: %2").arg(hold->nextTask, hold->reason);
    const NextEnd &end = std::get<NextEnd>(next);
    return endOf(end.status, end.errorTask, end.error);
}

/// Attempts of a journal: `a#1 success -> b; b#1 failure(no) retry 5; b#2 running`. `retry`: tried again, not before so
/// many seconds after the epoch. `reused` in front: taken over.
inline QList<AttemptRecord> attemptsOf(const QString &words)
{
    static const QRegularExpression form(QStringLiteral(
        "^\\s*(reused )?(\\S+)#(\\d+) (\\w+)(?:\\((.*)\\))?(?: data (\\d+))?(?: -> (\\S+))?(?: retry (\\d+))?\\s*$"));
    QList<AttemptRecord> attempts;
    for (const QString &word : words.split(u';', Qt::SkipEmptyParts)) {
        const QRegularExpressionMatch match = form.match(word);
        const auto status = taskStatusFromString(match.captured(4));
        if (!match.hasMatch() || !status)
            qFatal("cannot read the attempt '%s'", qPrintable(word));
        AttemptRecord attempt;
        attempt.taskName = match.captured(2);
        attempt.sequenceNumber = int(attempts.size()) + 1;
        attempt.attempt = match.captured(3).toInt();
        attempt.status = *status;
        if (match.hasCaptured(5))
            attempt.error = match.captured(5);
        if (match.hasCaptured(6))
            attempt.data = match.captured(6).toInt();
        if (match.hasCaptured(7))
            attempt.nextTask = match.captured(7);
        if (match.hasCaptured(8))
            attempt.retryAt = Timestamp(std::chrono::seconds(match.captured(8).toInt()));
        attempt.origin =
            match.hasCaptured(1) && !match.captured(1).isEmpty() ? AttemptOrigin::Reused : AttemptOrigin::Run;
        attempts << attempt;
    }
    return attempts;
}

} // namespace flow::test
