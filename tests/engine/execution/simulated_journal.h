// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "execution/flow_engine.h"
#include "support/fake_clock.h"

namespace flow::test {

/// The journal of one execution in memory: keeps exactly what was committed, says what breaks a promise, and settles
/// what a dead program has left by the same rule as the stores. Once `isDead`, nothing is kept any more.
class SimulatedJournal final : public ExecutionJournal
{
public:
    struct Row
    {
        AttemptRecord record;
        OnLoss onLoss = OnLoss::Ask;
        ExecutionPhase phase = ExecutionPhase::Main;
        Timestamp startedAt;
        double seconds = 0;
        bool wasRestarted = false; ///< the attempt before it was lost

        bool operator==(const Row &) const = default;
    };
    /// All that is on the disk.
    struct Kept
    {
        ExecutionStatus status = ExecutionStatus::Pending;
        QList<Row> rows;
        QList<ContextEdit> edits;
        ExecutionEnding ending;
        QSet<int> phases; ///< that have begun
        QString heldBefore;
        double heldSeconds = 0;
        QString error;
        QString errorTask;
        int totalTasksExecuted = 0;

        bool operator==(const Kept &) const = default;
    };

    SimulatedJournal(const Flow &flow, const ExecutionLimits &limits, FakeClock &clock);

    Result<void> executionStarted(ExecutionId id, Timestamp at) override;
    Result<void> attemptStarted(const AttemptStart &start) override;
    Result<void> attemptEnded(const AttemptEnd &end, const std::optional<AttemptStart> &next) override;
    Result<void> executionHeld(const std::optional<AttemptEnd> &last, const ExecutionHold &hold) override;
    Result<void> executionEnded(const std::optional<AttemptEnd> &last, const ExecutionEnd &end) override;

    ExecutionPosition position() const;
    /// Where it stood before its last attempt was committed.
    ExecutionPosition positionBeforeLast() const;
    /// What a restart makes of it.
    void settleLost();
    int endedAttemptsOf(const QString &task) const;
    const Row *running() const;

    void wrong(const QString &what);

    Kept kept;
    QString startTask;
    bool singleTask = false;
    QString problem; ///< the first broken promise; null: none
    bool isDead = false;
    bool isCancelled = false;                      ///< this program was told so: it need not pause any more
    bool mustHold = false;                         ///< a person wants it to pause before the next attempt
    int startsLeft = -1;                           ///< so many attempts may start before it pauses; -1: any number
    bool mayHurry = false;                         ///< a person does not want it to wait
    int starts = 0;                                ///< since this program took it over
    std::function<void(const QString &)> onCommit; ///< before and after each commit, with what it says
    std::function<void()> onRetryWait;             ///< an attempt's end that is to be tried again was committed
    std::chrono::nanoseconds began{};              ///< when this program took it over, its active time taken off

private:
    Result<void> commit(const QString &what, const std::function<void()> &change);
    void end(const AttemptEnd &end);
    void start(const AttemptStart &start);
    void checkDecision(const AttemptStart &start);
    void checkLimits(const AttemptStart &start);

    const Flow &m_flow;
    const ExecutionLimits &m_limits;
    FakeClock &m_clock;
    bool m_isRestarted = false;
};

} // namespace flow::test
