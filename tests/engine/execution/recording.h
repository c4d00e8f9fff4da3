// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "execution/flow_engine.h"

#include <atomic>
#include <mutex>

namespace flow::test {

/// Lines in the order in which they were written, from any thread.
class Log
{
public:
    void add(const QString &line);
    QStringList lines() const;

private:
    mutable std::mutex m_mutex;
    QStringList m_lines;
};

/// A journal in memory that writes each commit as a line and can fail on request. Any thread.
///
/// Lines: `commit started`, `commit 1 a#1`, `commit 1 success c0 -> b; 2 b#1`, `commit 3 failure(text) -> end;
/// completed`.
class RecordingJournal final : public ExecutionJournal
{
public:
    explicit RecordingJournal(Log &log)
        : m_log(log)
    {
    }

    std::function<void(int call)> onCall; ///< before the commit; calls count from 1
    int failFrom = 0;                     ///< the first call that fails; 0: none
    int failTo = 0;                       ///< the last one

    int calls() const { return m_calls; }

    Result<void> executionStarted(ExecutionId id, Timestamp at) override;
    Result<void> attemptStarted(const AttemptStart &start) override;
    Result<void> attemptEnded(const AttemptEnd &end, const std::optional<AttemptStart> &next) override;
    Result<void> executionHeld(const std::optional<AttemptEnd> &last, const ExecutionHold &hold) override;
    Result<void> executionEnded(const std::optional<AttemptEnd> &last, const ExecutionEnd &end) override;

private:
    Result<void> commit(const QString &line);

    Log &m_log;
    std::atomic<int> m_calls = 0;
};

/// Writes the events of a listener: `tell started`, `tell 1 a#1`, `tell 1 a#1 success c0+ b`, `tell completed`.
QString lineOf(const ExecutionEvent &event);

/// What happened, short: `a#1 success c0+ b; b#1 failure(x) - end; failure b: x`. Made of TaskFinished and
/// ExecutionFinished.
QString summaryOf(const QList<ExecutionEvent> &events);
/// The end: `completed`, `failure b: x`.
QString endOf(ExecutionStatus status, const QString &errorTask, const QString &error);

} // namespace flow::test
