// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/storage_writer.h"

#include "storage/storage_connection.h"
#include "storage/storage_error.h"

#include <QThread>

#include <algorithm>
#include <chrono>
#include <thread>

namespace flow {

namespace {

/// So many jobs share a transaction at most: a failure repeats no more than these, and the first does not wait for
/// ever.
constexpr size_t mostTogether = 256;
/// post() waits above this.
constexpr size_t mostPosted = 1024;

/// Falling asleep and being woken takes longer than most commits, and a good part of the time of one that waits for the
/// disk. When one execution runs alone, both ends therefore look for each other a moment longer before they sleep: that
/// makes it about twice as fast.
constexpr std::chrono::microseconds callerLooks{500};
constexpr std::chrono::microseconds writerLooks{50};

/// Those who were woken together mostly come back together: what waits for the disk waits this long for all of them, so
/// that they do not fall apart into two halves of which each waits for the other's commit. (PostgreSQL calls it
/// commit_delay.)
constexpr std::chrono::microseconds gathering{150};

template <typename Condition>
void lookFor(std::chrono::microseconds time, Condition &&isThere)
{
    const auto end = std::chrono::steady_clock::now() + time;
    while (!isThere() && std::chrono::steady_clock::now() < end)
        std::this_thread::yield();
}

} // namespace

struct StorageWriter::Waiting
{
    std::condition_variable woken;
    std::atomic<bool> done = false; ///< set under the lock
    Result<void> result;
};

Result<std::unique_ptr<StorageWriter>> StorageWriter::start(const std::shared_ptr<const StorageBackend> &backend)
{
    std::unique_ptr<StorageWriter> writer(new StorageWriter);
    writer->m_thread.reset(QThread::create([self = writer.get(), backend] { self->loop(backend); }));
    writer->m_thread->setObjectName(QStringLiteral("storage writer"));
    writer->m_thread->start();
    std::unique_lock lock(writer->m_mutex);
    writer->m_wake.wait(lock, [&] { return writer->m_opened.has_value(); });
    if (!*writer->m_opened) {
        const Error error = writer->m_opened->error();
        lock.unlock();
        return error;
    }
    lock.unlock();
    return writer;
}

StorageWriter::~StorageWriter()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_thread->wait();
}

Result<void> StorageWriter::run(WriteJob job, WriteOptions options)
{
    Q_ASSERT(QThread::currentThread() != m_thread.get());
    Waiting caller;
    std::unique_lock lock(m_mutex);
    m_queue.push_back({{std::move(job), options}, &caller});
    m_hasWork = true;
    const bool alone = ++m_callers == 1;
    if (++m_waiting >= m_expected)
        m_wake.notify_one();
    if (alone) { // as long as nobody else needs the processor
        lock.unlock();
        lookFor(callerLooks, [&] { return caller.done.load(std::memory_order_relaxed) || m_callers > 1; });
        lock.lock(); // the writer may still hold on to `caller`
    }
    caller.woken.wait(lock, [&] { return caller.done.load(); });
    --m_callers;
    return caller.result;
}

void StorageWriter::post(WriteJob job)
{
    std::unique_lock lock(m_mutex);
    m_space.wait(lock, [&] { return m_posted < mostPosted; });
    ++m_posted;
    m_queue.push_back({{std::move(job), {}}, nullptr});
    m_hasWork = true;
    m_wake.notify_one();
}

void StorageWriter::settle()
{
    std::unique_lock lock(m_mutex);
    if (m_posted == 0)
        return;
    lock.unlock();
    // Jobs are committed in order.
    [[maybe_unused]] const Result<void> done = run([](WriteTransaction &) { return Result<void>(); });
}

size_t StorageWriter::queued() const
{
    const std::lock_guard lock(m_mutex);
    return m_queue.size();
}

void StorageWriter::loop(const std::shared_ptr<const StorageBackend> &backend)
{
    Result<std::unique_ptr<StorageConnection>> connection =
        StorageConnection::open(backend, StorageConnection::Mode::ReadWrite);
    {
        const std::lock_guard lock(m_mutex);
        m_opened = connection ? Result<void>() : Result<void>(connection.error());
        m_wake.notify_all(); // under the lock: start() may give this object up right after
    }
    if (!connection)
        return;
    WriteBatch batch(**connection);
    std::vector<QueuedWrite> writes;
    std::vector<Waiting *> callers;
    while (takeQueued(writes, callers)) {
        batch.run(writes);
        wake(writes, callers);
    }
}

/// False when there is nothing left to do for ever.
bool StorageWriter::takeQueued(std::vector<QueuedWrite> &writes, std::vector<Waiting *> &callers)
{
    writes.clear();
    callers.clear();
    if (m_expected == 0)
        lookFor(writerLooks, [this] { return m_hasWork.load(std::memory_order_relaxed); });
    std::unique_lock lock(m_mutex);
    if (m_expected > 0)
        m_wake.wait_for(lock, gathering, [this] { return m_stopping || m_waiting >= m_expected; });
    m_expected = 0;
    m_wake.wait(lock, [this] { return m_stopping || !m_queue.empty(); });
    const size_t count = std::min(m_queue.size(), mostTogether);
    for (size_t i = 0; i < count; ++i) {
        writes.push_back(std::move(m_queue.front().write));
        callers.push_back(m_queue.front().caller);
        m_waiting -= callers.back() ? 1 : 0;
        m_queue.pop_front();
    }
    m_hasWork = !m_queue.empty();
    return count > 0;
}

void StorageWriter::wake(const std::vector<QueuedWrite> &writes, const std::vector<Waiting *> &callers)
{
    logLost(writes, callers);
    const std::lock_guard lock(m_mutex);
    const bool durable =
        std::any_of(writes.begin(), writes.end(), [](const auto &write) { return write.options.durable; });
    m_expected = durable && m_callers > 1 ? size_t(m_callers) : 0;
    for (size_t i = 0; i < callers.size(); ++i) {
        if (!callers[i]) {
            --m_posted;
            continue;
        }
        callers[i]->result = writes[i].result;
        callers[i]->done = true;
        callers[i]->woken.notify_one(); // under the lock: the caller's stack may be gone right after
    }
    m_space.notify_all();
}

/// Nobody waits for a posted job, so its failure goes to the program's log, once until one succeeds again.
void StorageWriter::logLost(const std::vector<QueuedWrite> &writes, const std::vector<Waiting *> &callers)
{
    for (size_t i = 0; i < callers.size(); ++i) {
        if (callers[i])
            continue;
        const bool failed = !writes[i].result;
        if (failed && !m_losing)
            qCWarning(lcStorage, "Log lines or progress could not be saved: %s",
                      qUtf8Printable(writes[i].result.error().text()));
        m_losing = failed;
    }
}

} // namespace flow
