// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/service_state.h"

#include <QDeadlineTimer>

namespace flow {

/// One deletion of a flow: stops its executions and what these have started, wherever they run, and removes them and
/// the flow in small steps, each of which finds none of them unfinished. Meanwhile no program starts it; what was just
/// being started is stopped as well.
class FlowDeletion
{
public:
    FlowDeletion(FlowService::State &state, const FlowId &id);
    ~FlowDeletion();
    Q_DISABLE_COPY_MOVE(FlowDeletion)
    /// Conflict when one of another flow that would go with them is pinned; then nothing is stopped. Conflict, too,
    /// when executions go on for longer than ServiceSettings::stopPatience without one of them ending: the flow stays.
    Result<void> run();

private:
    Result<void> remove();
    /// Those that still run: here, or by their records somewhere.
    Result<QList<ExecutionId>> unfinished() const;
    void stopNewOnes(const QList<ExecutionId> &running);
    bool settledTheDead(ExecutionId id) const;
    bool keepsPatience(const QList<ExecutionId> &running);
    Error givenUp(const QList<ExecutionId> &running) const;
    QSet<ExecutionId> unstored() const;

    FlowService::State &m_state;
    const FlowId m_id;
    const bool m_announced;
    QSet<ExecutionId> m_stopped;
    QList<ExecutionId> m_here; ///< stopped in this program
    qsizetype m_fewest = -1;
    QDeadlineTimer m_patience;
};

} // namespace flow
