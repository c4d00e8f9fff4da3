// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "service/flow_service.h"

#include <QList>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>

namespace flow {

/// How a person wants a paused execution that waits for others to go on.
struct ContinueWish
{
    ContinueOptions options;
    bool reachesAll = false; ///< the paused ones that it has started go on in the same way, not only those wished for
};

/// What has become of an execution that another one waits for.
enum class ChildNews { Over, Paused, GoesOn };

/// Who waits for executions that it has started.
class ChildListener
{
public:
    virtual ~ChildListener() = default;
    /// On the thread where it happens.
    virtual void told(ExecutionId child, ChildNews news) = 0;
};

/// Which executions that run in this program were started by which other one, and who waits for them. Also keeps what a
/// person wants of those that are paused until they go on. Any thread.
class ChildFamilies
{
public:
    /// The parent's task listens for its children from now on, as long as it lives.
    void begin(ExecutionId parent, const std::weak_ptr<ChildListener> &listener);
    void end(ExecutionId parent);
    bool isListening(ExecutionId parent) const;

    /// A child that runs, or soon will, or is paused.
    void add(ExecutionId parent, ExecutionId child);
    /// Tells the listener, where there is one.
    void tell(ExecutionId child, ChildNews news);
    /// Those that have not ended.
    QList<ExecutionId> children(ExecutionId parent) const;

    void setWish(ExecutionId id, const ContinueWish &wish);
    std::optional<ContinueWish> takeWish(ExecutionId id);
    bool hasWish(ExecutionId id) const;

private:
    struct Family
    {
        std::weak_ptr<ChildListener> listener;
        std::set<ExecutionId> children;
    };

    mutable std::mutex m_mutex;
    std::map<ExecutionId, Family> m_families;     ///< by parent
    std::map<ExecutionId, ExecutionId> m_parents; ///< by child
    std::map<ExecutionId, ContinueWish> m_wishes;
};

} // namespace flow
