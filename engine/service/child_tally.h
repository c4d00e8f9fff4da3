// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "execution/cancel_reach.h"
#include "model/execution.h"
#include "tasks/child_flows.h"

#include <optional>
#include <vector>

namespace flow {

/// How the executions stand that an attempt has started, and what follows from that for the attempt. A value; `plan`
/// outlives it.
class ChildTally
{
public:
    enum class State {
        NotStarted,
        Running, ///< or waits for a thread; also one that was told to stop and is not over yet
        Paused,
        Interrupted,
        Over,
    };
    struct Child
    {
        State state = State::NotStarted;
        ChildResult result;
        std::optional<Execution> earlier; ///< whose work it takes over
        std::optional<CancelReach> told;  ///< how far it was told to stop, by this attempt
        bool isWatched = false;           ///< nobody here will tell what becomes of it
    };
    /// What those who steer the attempt want of it.
    struct Wanted
    {
        bool isCancelled = false;
        bool isAborted = false; ///< not even final tasks are waited for where others run them
        bool isPause = false;

        bool operator==(const Wanted &) const = default;
    };

    explicit ChildTally(const ChildPlan &plan);

    int size() const { return int(m_children.size()); }
    Child &operator[](int index) { return m_children[size_t(index)]; }
    const Child &operator[](int index) const { return m_children[size_t(index)]; }
    int count(State state) const { return m_counts[size_t(state)]; }
    void move(int index, State state);
    void watch(int index, bool watched);
    void complete(int index, const QJsonValue &data);
    void fail(int index, ExecutionStatus status, const QString &error);

    /// The next one to start; nothing while as many as may run at the same time do, or when there is none.
    std::optional<int> takeNext(const Wanted &wanted);
    /// Whether what has ended settles how the attempt ends.
    bool isDecided() const;
    /// Whether those that have not ended are to be stopped once it is decided, or cancelled.
    bool stopsRest(const Wanted &wanted) const;
    /// Whether the attempt has nothing to wait for; `ends`: it starts no more.
    bool isOver(bool ends, const Wanted &wanted) const;
    ChildOutcome outcome(const Wanted &wanted) const;

private:
    bool mayStart(const Wanted &wanted) const;
    QString reasonOfFirst(State state) const;

    const ChildPlan &m_plan;
    std::vector<Child> m_children;
    int m_counts[5] = {};
    int m_completed = 0;
    int m_failed = 0;
    int m_watched = 0;
    int m_next = 0; ///< before it all have been started
};

} // namespace flow
