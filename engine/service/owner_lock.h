// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace flow {

class StorageConnection;
struct DatabaseLocation;

/// A lock on a PostgreSQL server that stands for this program as long as it runs: the server drops it when the program
/// or its connection dies. Held on a connection and a thread of its own, which looks after it twice a second and takes
/// it again as soon as it can when it was lost.
class OwnerLock
{
public:
    /// Io when the server gives no lock.
    static Result<std::unique_ptr<OwnerLock>> take(const DatabaseLocation &location, const QString &owner);
    ~OwnerLock();
    Q_DISABLE_COPY_MOVE(OwnerLock)

    /// See Owners::onReturn().
    void onReturn(const std::function<void()> &call);
    /// What the server calls the lock of that owner.
    static qint64 keyOf(const QString &owner);

private:
    OwnerLock() = default;
    void tellOfReturn();
    void keep(const DatabaseLocation &location, qint64 key);

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::optional<Result<void>> m_taken;
    bool m_stop = false;
    std::mutex m_callMutex; ///< held while the call is made
    std::function<void()> m_onReturn;
    std::thread m_thread; // last: it uses everything above
};

} // namespace flow
