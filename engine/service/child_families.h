// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "execution/execution_controls.h"
#include "service/flow_service.h"

#include <QList>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>

namespace flow {

/// How a person wants a paused execution to go on.
struct ContinueWish
{
    ContinueOptions options;
    bool reachesAll = false; ///< the paused ones that it has started go on in the same way, not only those wished for

    ExecutionControls controls(ExecutionControls others = {}) const;
};

/// Who waits for executions that it has started.
class ChildListener
{
public:
    virtual ~ChildListener() = default;
    /// It has ended, is paused, or goes on: its record says how it stands. On the thread where it happens.
    virtual void told(ExecutionId child) = 0;
    /// A paused one is to go on, as its wish says: whether it does; nothing when it is not waited for any more.
    virtual std::optional<Result<bool>> goOn(ExecutionId child) = 0;
};

/// Which executions that run in this program were started by which other one, and who waits for them. Also keeps what a
/// person wants of those that are paused until their parent, which is just about to, takes them up. Any thread.
class ChildFamilies
{
public:
    /// The parent's task listens for its children from now on, as long as it lives.
    void begin(ExecutionId parent, const std::weak_ptr<ChildListener> &listener);
    void end(ExecutionId parent);

    /// A child that runs, or soon will, or is paused.
    void add(ExecutionId parent, ExecutionId child);
    /// It has ended.
    void remove(ExecutionId child);
    /// Tells the listener, where there is one.
    void tell(ExecutionId child);
    /// From now on it is told of that child again and again, as nobody else would tell; or no longer.
    void watch(ExecutionId child, bool watched);
    /// Of all those.
    void tellWatched();
    /// Those that have not ended.
    QList<ExecutionId> children(ExecutionId parent) const;

    /// See ChildListener; nothing where there is none.
    std::optional<Result<bool>> goOn(ExecutionId child);
    void setWish(ExecutionId parent, ExecutionId child, const ContinueWish &wish);
    std::optional<ContinueWish> takeWish(ExecutionId child);
    /// It was paused and is ended by itself, without its parent, which waits for it.
    void noteStopped(ExecutionId child);
    /// Whether it was that.
    bool takeStopped(ExecutionId child);
    /// Those for the children of that one, which has not taken them up.
    std::map<ExecutionId, ContinueWish> takeWishesOf(ExecutionId parent);

private:
    struct Family
    {
        std::weak_ptr<ChildListener> listener;
        std::set<ExecutionId> children;
    };

    std::shared_ptr<ChildListener> listenerOf(ExecutionId child) const;

    mutable std::mutex m_mutex;
    std::map<ExecutionId, Family> m_families;     ///< by parent
    std::map<ExecutionId, ExecutionId> m_parents; ///< by child
    std::set<ExecutionId> m_watched;
    std::set<ExecutionId> m_stopped;
    struct Wish
    {
        ExecutionId parent = 0;
        ContinueWish wish;
    };
    std::map<ExecutionId, Wish> m_wishes; ///< by child
};

} // namespace flow
