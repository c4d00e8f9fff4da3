// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution_event.h"

#include <QHash>
#include <QMap>
#include <QObject>
#include <QSet>

namespace flow {

class FlowService;

/// The executions that wait or run now, folded from the events, whoever started them. GUI thread.
class LiveExecutions : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// What runs there already: it may have begun before anybody here could hear of it. From now on apply() is given
    /// its events.
    void follow(FlowService *service);
    void apply(const QList<ExecutionEvent> &events);
    /// Executions as their records tell, which may be older than the events.
    void add(const QList<Execution> &records);

    /// Those that have not ended, oldest first.
    QList<Execution> running() const { return m_running.values(); }
    bool isRunning(const FlowId &flow) const;

Q_SIGNALS:
    /// Began, moved on or ended, once per batch and execution.
    void changed(const QList<flow::Execution> &executions);

private:
    static bool fold(const ExecutionEvent &event, Execution &execution);

    QMap<ExecutionId, Execution> m_running;
    bool m_asking = false;
    QSet<ExecutionId> m_ended; ///< while that is asked: what was read may be older
};

} // namespace flow
