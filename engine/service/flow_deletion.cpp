// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/flow_deletion.h"

#include "service/service_errors.h"

#include <QCoreApplication>

#include <thread>

namespace flow {

namespace {

/// The ends of executions that other programs run are looked for so often.
constexpr std::chrono::milliseconds lookEvery{50};

struct Messages
{
    Q_DECLARE_TR_FUNCTIONS(FlowDeletion)
};

} // namespace

FlowDeletion::FlowDeletion(FlowService::State &state, const FlowId &id)
    : m_state(state)
    , m_id(id)
    , m_announced(state.owners->announceDeletion(id))
{
}

FlowDeletion::~FlowDeletion()
{
    if (m_announced)
        m_state.owners->withdrawDeletion(m_id);
}

Result<void> FlowDeletion::run()
{
    if (const Result<void> may = m_state.flows.mayBeRemoved(m_id); !may)
        return may;
    for (;;) {
        const Result<QList<ExecutionId>> running = unfinished();
        if (!running)
            return running.error();
        if (running->isEmpty()) {
            const Result<void> removed = remove();
            if (removed || removed.error().code != ErrorCode::Conflict)
                return removed;
            if (const Result<void> may = m_state.flows.mayBeRemoved(m_id); !may) // somebody has pinned one meanwhile
                return may;
        }
        stopNewOnes(*running);
        if (!keepsPatience(*running))
            return givenUp(*running);
        if (const QList<ExecutionId> here = m_state.waiters.running(*running); !here.isEmpty())
            m_state.waiters.waitForEnds(here, lookEvery);
        else
            std::this_thread::sleep_for(lookEvery);
    }
}

/// Rests as long as it works, so that whoever executes flows has the writer at least half of the time.
Result<void> FlowDeletion::remove()
{
    for (;;) {
        const auto began = std::chrono::steady_clock::now();
        const Result<bool> gone = m_state.flows.removeStep(m_id, unstored());
        if (!gone)
            return gone.error();
        if (*gone)
            return {};
        if (m_state.closing)
            return shuttingDown();
        std::this_thread::sleep_for(std::chrono::steady_clock::now() - began);
    }
}

Result<QList<ExecutionId>> FlowDeletion::unfinished() const
{
    const QSet<ExecutionId> over = unstored(); // first: one may be stored in between
    Result<QList<ExecutionId>> running = m_state.executions.unfinished(m_id);
    if (!running)
        return running;
    running->removeIf([&](ExecutionId id) { return over.contains(id); });
    const QSet<ExecutionId> byRecord(running->begin(), running->end());
    for (const ExecutionId id : m_state.waiters.running(m_here)) {
        if (!byRecord.contains(id)) // its record is complete, its thread not done
            running->append(id);
    }
    return running;
}

QSet<ExecutionId> FlowDeletion::unstored() const
{
    QSet<ExecutionId> ids;
    for (const auto &[id, end] : m_state.ends.all())
        ids.insert(id);
    return ids;
}

void FlowDeletion::stopNewOnes(const QList<ExecutionId> &running)
{
    for (const ExecutionId id : running) {
        if (m_stopped.contains(id))
            continue;
        // A parent also stops what it has started; that must not count as said twice, for their final tasks run.
        const Result<FlowService::State::Stopped> stopped = m_state.stop(id, CancelReach::Work);
        if (!stopped)
            continue; // tried again in the next round
        if (*stopped == FlowService::State::Stopped::Here)
            m_here.append(id);
        if (*stopped == FlowService::State::Stopped::Elsewhere && settledTheDead(id))
            continue; // it can be ended here in the next round
        m_stopped.insert(id);
    }
}

/// True when the program that held it was gone, so that nobody will hear what it was told.
bool FlowDeletion::settledTheDead(ExecutionId id) const
{
    const Result<bool> alive = m_state.isAliveOwner(id);
    if (!alive || *alive)
        return false;
    return m_state.executions.releaseLeftBehind(m_state.owners->whoIsDead()).ok();
}

bool FlowDeletion::keepsPatience(const QList<ExecutionId> &running)
{
    if (m_fewest < 0 || running.size() < m_fewest) {
        m_fewest = running.size();
        m_patience.setRemainingTime(m_state.settings.stopPatience);
    }
    return !m_patience.hasExpired() && !m_state.closing;
}

Error FlowDeletion::givenUp(const QList<ExecutionId> &running) const
{
    if (m_state.closing)
        return shuttingDown();
    if (running.isEmpty())
        return {.code = ErrorCode::Conflict,
                .reason =
                    Messages::tr(
                        "Flow '%1' was not deleted: it is started again and again. Stop that first, then delete the "
                        "flow again")
                        .arg(m_id)};
    const ExecutionId first = running.first();
    const Result<QString> owner = m_state.executions.owner(first);
    const bool here = !owner || owner->isEmpty() || *owner == m_state.owners->self();
    const QString text =
        here ? Messages::tr("Flow '%1' was not deleted: execution %2 was told to stop and goes on. Wait until it "
                            "has ended, then delete the flow again")
             : Messages::tr("Flow '%1' was not deleted: execution %2, which another program runs, was told to stop "
                            "and goes on. Close that program, then delete the flow again");
    return {.code = ErrorCode::Conflict, .reason = text.arg(m_id).arg(first)};
}

} // namespace flow
