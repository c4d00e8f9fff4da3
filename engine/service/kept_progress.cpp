// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/kept_progress.h"

namespace flow {

KeptProgress::KeptProgress(Store store)
    : m_store(std::move(store))
{
}

void KeptProgress::take(const ExecutionEvent &event)
{
    if (std::holds_alternative<TaskLogged>(event.what))
        return;
    if (const std::optional<Attempt> due = whatIsDue(event)) // without the lock: the store may be busy
        m_store(event.executionId, due->sequenceNumber, due->last);
}

/// What has to be stored because of the event.
std::optional<KeptProgress::Attempt> KeptProgress::whatIsDue(const ExecutionEvent &event)
{
    const std::lock_guard lock(m_mutex);
    if (const auto *started = std::get_if<TaskStarted>(&event.what)) {
        m_attempts[event.executionId] = {.sequenceNumber = started->sequenceNumber, .last = {}};
        return std::nullopt;
    }
    const auto found = m_attempts.find(event.executionId);
    if (found == m_attempts.end())
        return std::nullopt;
    Attempt &attempt = found->second;
    const auto *progressed = std::get_if<TaskProgressed>(&event.what);
    if (!progressed) { // it has ended, or its execution has
        const Attempt last = attempt;
        m_attempts.erase(found);
        return last.isKept ? std::nullopt : std::optional(last);
    }
    attempt.last = *progressed;
    const auto now = std::chrono::steady_clock::now();
    attempt.isKept = now - attempt.keptAt >= pause;
    if (!attempt.isKept)
        return std::nullopt;
    attempt.keptAt = now;
    return attempt;
}

} // namespace flow
