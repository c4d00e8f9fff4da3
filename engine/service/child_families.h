// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "service/flow_service.h"

#include <QList>

#include <map>
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

/// Which executions that run in this program were started by which other one, and what has become of them since their
/// parent looked last. Also keeps what a person wants of those that are paused until they go on. Any thread.
class ChildFamilies
{
public:
    enum class News { Over, Paused, GoesOn };
    struct Told
    {
        ExecutionId child = 0;
        News news = News::Over;
    };

    /// The parent's task listens for its children from now on.
    void begin(ExecutionId parent);
    void end(ExecutionId parent);
    bool isListening(ExecutionId parent) const;

    /// A child that runs, or soon will.
    void add(ExecutionId parent, ExecutionId child);
    /// It is no longer, or again, in the hands of a thread. Nothing when nobody listens for it.
    void tell(ExecutionId child, News news);
    bool hasNews(ExecutionId parent) const;
    QList<Told> takeNews(ExecutionId parent);
    /// Those that have not ended.
    QList<ExecutionId> children(ExecutionId parent) const;

    void setWish(ExecutionId id, const ContinueWish &wish);
    std::optional<ContinueWish> takeWish(ExecutionId id);
    bool hasWish(ExecutionId id) const;

private:
    struct Family
    {
        std::set<ExecutionId> children;
        QList<Told> news;
    };

    mutable std::mutex m_mutex;
    std::map<ExecutionId, Family> m_families;     ///< by parent
    std::map<ExecutionId, ExecutionId> m_parents; ///< by child
    std::map<ExecutionId, ContinueWish> m_wishes;
};

} // namespace flow
