// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/unstored_ends.h"

#include "service/logging.h"

#include <algorithm>

namespace flow {

namespace {

/// The record is gone, or has an end already: nothing is left to store.
bool isSettled(const Result<void> &done)
{
    return done || done.error().code == ErrorCode::NotFound || done.error().code == ErrorCode::Conflict;
}

bool willNeverFit(const Error &error)
{
    return error.code == ErrorCode::TooLarge || error.code == ErrorCode::TooDeep;
}

} // namespace

void UnstoredEnd::applyTo(Execution &execution) const
{
    if (isFinished(execution.status))
        return;
    execution.status = end.status;
    execution.errorMessage = end.error;
    execution.errorTask = end.errorTask;
    execution.totalTasksExecuted = end.totalTasksExecuted;
    execution.completedAt = end.completedAt;
    execution.durationSeconds = end.durationSeconds;
}

void UnstoredEnd::applyTo(QList<TaskExecution> &tasks) const
{
    if (!last)
        return;
    for (TaskExecution &task : tasks) {
        if (task.sequenceNumber != last->sequenceNumber || task.completedAt)
            continue;
        task.status = last->status;
        task.outputData = last->data.isUndefined() ? QJsonValue() : last->data;
        task.errorMessage = last->error;
        task.decidedBy = last->decidedBy;
        task.nextTask = last->nextTask;
        task.completedAt = last->completedAt;
        task.durationSeconds = last->durationSeconds;
    }
}

UnstoredEnds::UnstoredEnds(ExecutionJournal &store)
    : UnstoredEnds(store, Pauses())
{
}

UnstoredEnds::UnstoredEnds(ExecutionJournal &store, Pauses pauses)
    : m_store(store)
    , m_pauses(pauses)
    , m_thread([this] { loop(); })
{
}

UnstoredEnds::~UnstoredEnds()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_changed.notify_all();
    m_thread.join();
    storeAll();
    if (!m_kept.empty())
        qCWarning(lcService,
                  "The end of %d executions could not be saved; they will be marked as interrupted at the next start",
                  int(m_kept.size()));
}

Result<void> UnstoredEnds::executionStarted(ExecutionId id, Timestamp at)
{
    return passed(m_store.executionStarted(id, at));
}

Result<void> UnstoredEnds::attemptStarted(const AttemptStart &start)
{
    return passed(m_store.attemptStarted(start));
}

Result<void> UnstoredEnds::attemptEnded(const AttemptEnd &end, const std::optional<AttemptStart> &next)
{
    return passed(m_store.attemptEnded(end, next));
}

Result<void> UnstoredEnds::executionHeld(const std::optional<AttemptEnd> &last, const ExecutionHold &hold)
{
    return passed(m_store.executionHeld(last, hold));
}

Result<void> UnstoredEnds::executionEnded(const std::optional<AttemptEnd> &last, const ExecutionEnd &end)
{
    Result<void> done = m_store.executionEnded(last, end);
    {
        const std::lock_guard lock(m_mutex);
        if (isSettled(done))
            m_kept.erase(end.executionId); // an earlier try, which had said something else
        else
            m_kept[end.executionId] = {{last, end}};
    }
    return passed(done);
}

void UnstoredEnds::executionOver(ExecutionId id)
{
    const std::lock_guard lock(m_mutex);
    const auto kept = m_kept.find(id);
    if (kept == m_kept.end())
        return;
    kept->second.over = true;
    qCWarning(lcService, "The end of execution %lld cannot be saved yet; it is tried again until it can",
              static_cast<long long>(id));
    m_changed.notify_all();
}

void UnstoredEnds::tryNow()
{
    const std::lock_guard lock(m_mutex);
    if (m_kept.empty())
        return;
    m_tryNow = true;
    m_changed.notify_all();
}

std::optional<UnstoredEnd> UnstoredEnds::find(ExecutionId id) const
{
    const std::lock_guard lock(m_mutex);
    const auto kept = m_kept.find(id);
    if (kept == m_kept.end() || !kept->second.over)
        return std::nullopt;
    return kept->second.end;
}

std::map<ExecutionId, UnstoredEnd> UnstoredEnds::all() const
{
    const std::lock_guard lock(m_mutex);
    std::map<ExecutionId, UnstoredEnd> ends;
    for (const auto &[id, kept] : m_kept) {
        if (kept.over)
            ends.emplace(id, kept.end);
    }
    return ends;
}

Result<void> UnstoredEnds::passed(const Result<void> &done)
{
    if (done)
        tryNow();
    return done;
}

/// Under the lock.
bool UnstoredEnds::nothingToDo() const
{
    return std::none_of(m_kept.begin(), m_kept.end(), [](const auto &kept) { return kept.second.over; });
}

void UnstoredEnds::loop()
{
    std::chrono::milliseconds pause = m_pauses.first;
    std::unique_lock lock(m_mutex);
    while (!m_stop) {
        if (nothingToDo()) {
            pause = m_pauses.first;
            m_changed.wait(lock, [this] { return m_stop || !nothingToDo(); });
        }
        // Many writes may go through while this one does not fit: they must not become twice as many.
        m_changed.wait_for(lock, m_pauses.first, [this] { return m_stop; });
        m_changed.wait_for(lock, pause - m_pauses.first, [this] { return m_stop || m_tryNow; });
        if (m_stop)
            return;
        m_tryNow = false;
        lock.unlock();
        const bool progress = storeAll();
        lock.lock();
        pause = progress ? m_pauses.first : std::min(2 * pause, m_pauses.longest);
    }
}

/// True when at least one could be stored or needs no storing any more.
bool UnstoredEnds::storeAll()
{
    bool progress = false;
    for (const auto &[id, end] : all()) {
        const Outcome outcome = store(end);
        if (outcome == Outcome::StoreUnusable)
            break; // the others would only wait for the same
        if (outcome == Outcome::Refused)
            continue;
        progress = true;
        const std::lock_guard lock(m_mutex);
        m_kept.erase(id);
    }
    return progress;
}

UnstoredEnds::Outcome UnstoredEnds::store(UnstoredEnd end)
{
    const ExecutionId id = end.end.executionId;
    Result<void> done = m_store.executionEnded(end.last, end.end);
    if (!done && willNeverFit(done.error()) && end.last) {
        // The data of its last task; the execution's message says so.
        end.last->data = QJsonValue::Undefined;
        done = m_store.executionEnded(end.last, end.end);
    }
    if (!isSettled(done))
        return done.error().code == ErrorCode::Io ? Outcome::StoreUnusable : Outcome::Refused;
    if (done)
        qCInfo(lcService, "The end of execution %lld is saved now", static_cast<long long>(id));
    else
        qCInfo(lcService, "The end of execution %lld is not saved: %s", static_cast<long long>(id),
               qUtf8Printable(done.error().text()));
    return Outcome::Done;
}

} // namespace flow
