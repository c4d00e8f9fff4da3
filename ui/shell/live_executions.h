// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution_event.h"

#include <QHash>
#include <QMap>
#include <QObject>

namespace flow {

/// The executions that wait or run now, folded from the events, whoever started them. GUI thread.
class LiveExecutions : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    void apply(const QList<ExecutionEvent> &events);

    /// Those that have not ended, oldest first.
    QList<Execution> running() const { return m_running.values(); }
    bool isRunning(const FlowId &flow) const;

Q_SIGNALS:
    /// Began, moved on or ended, once per batch and execution.
    void changed(const QList<flow::Execution> &executions);

private:
    static bool fold(const ExecutionEvent &event, Execution &execution);

    QMap<ExecutionId, Execution> m_running;
};

} // namespace flow
