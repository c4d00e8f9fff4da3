// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/storage_reader.h"

#include <algorithm>
#include <vector>

namespace flow {

/// One thread's connection. The lock is only ever waited for when the reader closes.
struct StorageReader::Entry
{
    std::mutex mutex;
    std::unique_ptr<StorageConnection> connection;
};

/// All connections of one reader; outlives it in threads that still have to leave.
struct StorageReader::Shared
{
    std::mutex mutex;
    std::vector<std::shared_ptr<Entry>> entries;

    void drop(const std::shared_ptr<Entry> &entry)
    {
        const std::lock_guard lock(mutex);
        std::erase(entries, entry);
    }
};

/// The connections of one thread, one for each reader that it used. Closes them when the thread ends.
struct StorageReader::ThreadEntries
{
    struct Own
    {
        std::weak_ptr<Shared> reader;
        std::shared_ptr<Entry> entry;
    };
    std::vector<Own> own;

    ~ThreadEntries()
    {
        for (const Own &one : own) {
            const std::lock_guard lock(one.entry->mutex);
            one.entry->connection.reset();
            if (const std::shared_ptr<Shared> reader = one.reader.lock())
                reader->drop(one.entry);
        }
    }

    static ThreadEntries &ofThisThread()
    {
        static thread_local ThreadEntries entries;
        return entries;
    }
};

StorageReader::StorageReader(std::shared_ptr<const StorageBackend> backend)
    : m_backend(std::move(backend))
    , m_shared(std::make_shared<Shared>())
{
}

StorageReader::~StorageReader()
{
    std::vector<std::shared_ptr<Entry>> entries;
    {
        const std::lock_guard lock(m_shared->mutex);
        entries.swap(m_shared->entries);
    }
    for (const std::shared_ptr<Entry> &entry : entries) {
        const std::lock_guard lock(entry->mutex);
        entry->connection.reset();
    }
}

int StorageReader::connections() const
{
    const std::lock_guard lock(m_shared->mutex);
    return int(m_shared->entries.size());
}

std::shared_ptr<StorageReader::Entry> StorageReader::entryOfThisThread()
{
    std::vector<ThreadEntries::Own> &own = ThreadEntries::ofThisThread().own;
    std::erase_if(own, [](const ThreadEntries::Own &one) { return one.reader.expired(); });
    for (const ThreadEntries::Own &one : own) {
        if (one.reader.lock() == m_shared)
            return one.entry;
    }
    auto entry = std::make_shared<Entry>();
    {
        const std::lock_guard lock(m_shared->mutex);
        m_shared->entries.push_back(entry);
    }
    own.push_back({m_shared, entry});
    return entry;
}

StorageReader::Access::Access(StorageReader &reader)
    : m_entry(reader.entryOfThisThread())
    , m_lock(m_entry->mutex)
{
    if (!m_entry->connection) {
        Result<std::unique_ptr<StorageConnection>> opened =
            StorageConnection::open(reader.m_backend, StorageConnection::Mode::ReadOnly);
        if (!opened) {
            m_begun = opened.error();
            return;
        }
        m_entry->connection = std::move(*opened);
    }
    if (m_entry->connection->isLost()) {
        beginAgain();
        return;
    }
    m_begun = m_entry->connection->backend().beginReading(connection());
    if (!m_begun && m_entry->connection->isLost()) // only now it shows
        beginAgain();
}

void StorageReader::Access::beginAgain()
{
    m_begun = connection().reopen();
    if (m_begun)
        m_begun = connection().backend().beginReading(connection());
}

StorageReader::Access::~Access()
{
    if (m_begun)
        connection().backend().rollback(
            connection()); // nothing was written; a pinned view would keep the log from shrinking
}

StorageConnection &StorageReader::Access::connection() const
{
    return *m_entry->connection;
}

} // namespace flow
