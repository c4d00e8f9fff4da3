// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "storage/storage_connection.h"

#include <memory>
#include <mutex>

namespace flow {

/// Reads, on the calling thread. Each thread that reads gets a read-only connection of its own, which is closed when
/// the thread ends or the reader goes, whichever is first. One that was lost is opened anew. Safe from any thread.
class StorageReader
{
public:
    explicit StorageReader(std::shared_ptr<const StorageBackend> backend);
    /// Waits for reads that are just running.
    ~StorageReader();
    Q_DISABLE_COPY_MOVE(StorageReader)

    /// Calls `read` with a connection that shows one steady state of the data, and once more when the connection was
    /// lost meanwhile. Not to be nested.
    template <typename Read>
    auto read(Read &&read) -> decltype(read(std::declval<StorageConnection &>()))
    {
        Access access(*this);
        if (!access.begun())
            return access.begun().error();
        auto result = read(access.connection());
        if (result || !access.connection().isLost())
            return result;
        access.beginAgain();
        if (!access.begun())
            return access.begun().error();
        return read(access.connection());
    }

    /// Connections that are open now.
    int connections() const;

private:
    struct Entry;
    struct ThreadEntries;

    /// Holds the calling thread's connection inside a reading transaction.
    class Access
    {
    public:
        explicit Access(StorageReader &reader);
        ~Access();
        Q_DISABLE_COPY_MOVE(Access)
        const Result<void> &begun() const { return m_begun; }
        void beginAgain(); ///< on a new connection
        StorageConnection &connection() const;

    private:
        std::shared_ptr<Entry> m_entry;
        std::unique_lock<std::mutex> m_lock;
        Result<void> m_begun;
    };

    std::shared_ptr<Entry> entryOfThisThread();

    struct Shared;
    std::shared_ptr<const StorageBackend> m_backend;
    std::shared_ptr<Shared> m_shared;
};

} // namespace flow
