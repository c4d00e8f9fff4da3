// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/execution_queue.h"

#include <algorithm>

namespace flow {

ExecutionQueue::ExecutionQueue(Run run, Finished finished, Threads threads)
    : m_run(std::move(run))
    , m_finished(std::move(finished))
    , m_threads(std::move(threads))
    , m_workers(m_threads.count)
{
}

ExecutionQueue::Entry ExecutionQueue::entryOf(ExecutionOrder order)
{
    Entry entry{std::move(order), {}, {}};
    entry.order.cancel = entry.cancel.token();
    entry.order.abort = entry.abort.token();
    if (!entry.order.steering)
        entry.order.steering = std::make_shared<ExecutionSteering>();
    return entry;
}

void ExecutionQueue::push(ExecutionOrder order)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_drops && order.parent == 0)
            return;
        Entry entry = entryOf(std::move(order));
        if (m_cancels) // a task of one that is just being cancelled has started it
            end(std::move(entry), CancelReach::All, CancelReason::ProgramEnds);
        else if (entry.order.position.isToCancel()) // somebody had cancelled it when its program died
            end(std::move(entry), CancelReach::Work);
        else
            m_waiting.push_back(std::move(entry));
    }
    // All, because the one that is woken might be the one for cancelled orders.
    m_changed.notify_all();
}

void ExecutionQueue::pushCancelled(ExecutionOrder order, CancelReach reach)
{
    {
        const std::lock_guard lock(m_mutex);
        end(entryOf(std::move(order)), m_cancels ? CancelReach::All : reach,
            m_cancels ? CancelReason::ProgramEnds : CancelReason::Cancelled);
    }
    m_changed.notify_all();
}

/// Nobody hears of its tokens yet, so that this may be done under the lock.
void ExecutionQueue::end(Entry entry, CancelReach reach, CancelReason reason)
{
    entry.cancel.cancel(reason);
    if (reach == CancelReach::All)
        entry.abort.cancel();
    m_cancelled.push_back(std::move(entry));
}

bool ExecutionQueue::cancel(ExecutionId id, CancelReach reach)
{
    std::vector<Running> running;
    bool found = false;
    {
        const std::lock_guard lock(m_mutex);
        const auto hasId = [id](const Entry &entry) { return entry.order.id == id; };
        if (const auto again = std::find_if(m_cancelled.begin(), m_cancelled.end(), hasId);
            again != m_cancelled.end()) {
            found = true;
            if (reach != CancelReach::Work) // a person says it for the second time
                again->abort.cancel();
        }
        if (const auto waiting = std::find_if(m_waiting.begin(), m_waiting.end(), hasId); waiting != m_waiting.end()) {
            if (reach == CancelReach::Work && waiting->order.position.ending.phase == ExecutionPhase::Final)
                return true; // its program died in its final task, which runs again
            found = true;
            end(std::move(*waiting), reach);
            m_waiting.erase(waiting);
        }
        const auto [first, last] = m_running.equal_range(id);
        for (auto entry = first; entry != last; ++entry) {
            entry->second.cancelWanted = true;
            running.push_back(entry->second);
        }
    }
    m_changed.notify_all();
    stop(running, reach);
    return found || !running.empty();
}

void ExecutionQueue::cancelAll(CancelReach reach)
{
    std::vector<Running> running;
    {
        const std::lock_guard lock(m_mutex);
        m_cancels = m_cancels || reach == CancelReach::All;
        for (Entry &entry : m_cancelled) {
            if (m_cancels)
                entry.abort.cancel();
        }
        for (Entry &entry : std::exchange(m_waiting, {}))
            end(std::move(entry), reach, CancelReason::ProgramEnds);
        // One that leaves its thread just now, to sleep or to wait for a person, may stay so: nobody has asked for its
        // end.
        for (const auto &[id, one] : m_running)
            running.push_back(one);
    }
    m_changed.notify_all();
    stop(running, reach, CancelReason::ProgramEnds);
}

void ExecutionQueue::waitUntilIdle(std::chrono::milliseconds atMost)
{
    std::unique_lock lock(m_mutex);
    m_isAwaited = true;
    m_changed.wait_for(lock, atMost, [this] { return m_running.empty() && m_cancelled.empty(); });
    m_isAwaited = false;
}

void ExecutionQueue::dropWaiting()
{
    const std::lock_guard lock(m_mutex);
    m_drops = true;
    std::erase_if(m_waiting, [](const Entry &entry) { return entry.order.parent == 0; });
}

/// Without the lock: cancelling calls back into the task.
void ExecutionQueue::stop(std::vector<Running> &running, CancelReach reach, CancelReason reason)
{
    for (Running &one : running) {
        const bool isSecond = reach == CancelReach::Further && one.cancel.token().isCancelled();
        if (reach == CancelReach::All || isSecond)
            one.abort.cancel(reason);
        one.cancel.cancel(reason);
    }
}

std::shared_ptr<ExecutionSteering> ExecutionQueue::steering(ExecutionId id) const
{
    const std::lock_guard lock(m_mutex);
    const auto waiting =
        std::find_if(m_waiting.begin(), m_waiting.end(), [id](const Entry &entry) { return entry.order.id == id; });
    if (waiting != m_waiting.end())
        return waiting->order.steering;
    const auto running = m_running.find(id);
    return running == m_running.end() ? nullptr : running->second.steering;
}

void ExecutionQueue::close()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
    }
    m_changed.notify_all();
}

/// Waits for an order; false when the queue is closed and this worker has nothing left to do.
bool ExecutionQueue::take(std::unique_lock<std::mutex> &lock, Takes takes, Entry &entry)
{
    for (;;) {
        std::deque<Entry> *source = nullptr;
        if (!m_cancelled.empty())
            source = &m_cancelled;
        else if (takes == Takes::Everything && !m_waiting.empty() && m_active + m_returning < m_threads.count)
            source = &m_waiting;
        if (source) {
            entry = std::move(source->front());
            source->pop_front();
            return true;
        }
        if (m_closed)
            return false;
        m_changed.wait(lock);
    }
}

void ExecutionQueue::work(Takes takes)
{
    std::unique_lock lock(m_mutex);
    Entry entry;
    const int place = takes == Takes::Everything ? 1 : 0;
    while (take(lock, takes, entry)) {
        m_active += place;
        perform(lock, std::exchange(entry, {}));
        m_active -= place;
        if (m_returning > 0 || m_isAwaited)
            m_changed.notify_all();
    }
}

/// With the lock before and after, without it in between.
void ExecutionQueue::perform(std::unique_lock<std::mutex> &lock, Entry entry)
{
    const ExecutionId id = entry.order.id;
    const auto running = m_running.emplace(id, Running{entry.cancel, entry.abort, entry.order.steering});
    lock.unlock();
    ExecutionOutcome outcome = m_run(entry.order);
    lock.lock();
    // Whoever cancelled it was told that it runs, and must not be let down because it left its thread meanwhile.
    outcome.cancelWanted = running->second.cancelWanted && !outcome.cancelHeeded;
    outcome.pauseWanted = running->second.steering->pauseRequested();
    m_running.erase(running);
    lock.unlock();
    if (m_finished)
        m_finished(id, outcome);
    entry = {};
    lock.lock();
}

bool ExecutionQueue::takeOf(ExecutionId parent, Entry &entry)
{
    for (std::deque<Entry> *source : {&m_cancelled, &m_waiting}) {
        const auto found = std::find_if(source->begin(), source->end(),
                                        [parent](const Entry &one) { return one.order.parent == parent; });
        if (found == source->end())
            continue;
        entry = std::move(*found);
        source->erase(found);
        return true;
    }
    return false;
}

void ExecutionQueue::help(ExecutionId parent, const std::function<bool()> &ready)
{
    std::unique_lock lock(m_mutex);
    while (!ready()) {
        Entry entry;
        if (takeOf(parent, entry))
            perform(lock, std::move(entry));
        else
            m_changed.wait(lock);
    }
}

void ExecutionQueue::stepAside(ExecutionId parent, const std::function<bool()> &ready,
                               const std::function<bool()> &isUrgent)
{
    std::unique_lock lock(m_mutex);
    if (!m_threads.addOne || m_closed || m_aside >= m_threads.count) {
        lock.unlock();
        help(parent, ready);
        return;
    }
    ++m_aside;
    --m_active;
    if (m_workers - m_aside < m_threads.count) {
        ++m_workers;
        m_threads.addOne();
    }
    m_changed.notify_all(); // one of those that wait has a place now
    m_changed.wait(lock, ready);
    ++m_returning;
    m_changed.wait(lock, [&] { return hasPlace() || isUrgent(); });
    --m_returning;
    ++m_active;
    --m_aside;
}

void ExecutionQueue::wakeHelpers()
{
    const std::lock_guard lock(m_mutex); // so that nobody is between asking `ready` and waiting
    m_changed.notify_all();
}

int ExecutionQueue::running() const
{
    const std::lock_guard lock(m_mutex);
    return int(m_running.size());
}

int ExecutionQueue::waiting() const
{
    const std::lock_guard lock(m_mutex);
    return int(m_waiting.size() + m_cancelled.size());
}

} // namespace flow
