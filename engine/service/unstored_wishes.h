// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "service/unstored_ends.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <set>
#include <thread>

namespace flow {

/// What somebody wants of an execution, was told that it will be, and could not be carried out yet.
struct UnstoredWish
{
    enum class What {
        Stop,  ///< what runs; its final task still does
        Pause, ///< before its next task
        Note,  ///< that a person has cancelled it, for who goes on with it when this program dies
    };

    ExecutionId executionId = 0;
    What what = What::Stop;

    friend auto operator<=>(const UnstoredWish &, const UnstoredWish &) = default;
};

/// Keeps the wishes that the database refused (a full disk, a server that is away), and carries them out later: again
/// and again with growing pauses on a thread of its own, and a last time when it is stopped. Any thread.
class UnstoredWishes
{
public:
    enum class Outcome {
        Done, ///< or there is nothing left to do
        Refused,
        StoreUnusable, ///< so that there is no sense in trying the others now
    };
    /// On the thread of this, without a lock.
    using CarryOut = std::function<Outcome(const UnstoredWish &)>;

    explicit UnstoredWishes(CarryOut carryOut, UnstoredEnds::Pauses pauses = {});
    ~UnstoredWishes();
    Q_DISABLE_COPY_MOVE(UnstoredWishes)

    void keep(const UnstoredWish &wish);
    /// Nothing is kept from now on. Takes as long as carrying out one of them, and no longer where the store is not to
    /// be used.
    void stop();
    int count() const;

private:
    void loop();
    bool carryOutAll();

    const CarryOut m_carryOut;
    const UnstoredEnds::Pauses m_pauses;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::set<UnstoredWish> m_kept;
    bool m_stop = false;
    std::thread m_thread; // last: it uses everything above
};

} // namespace flow
