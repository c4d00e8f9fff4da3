// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution_event.h"
#include "shell/interrupted_run.h"
#include "shell/shell_context.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSet>

namespace flow {

class FlowService;
class FlowTab;
struct Flow;
struct StartOptions;

/// Runs what is on a canvas and brings the events of the run back to its tab; at most one run per tab. GUI thread.
class RunController : public QObject
{
    Q_OBJECT

public:
    explicit RunController(const ShellContext &context, QObject *parent = nullptr);

    void run(FlowTab *tab, const QJsonObject &input = {});
    /// A run of the whole flow is held back while its last one is interrupted, unless that is `known`.
    void run(FlowTab *tab, const QJsonObject &input, const StartOptions &options, bool known = false);
    void stop(FlowTab *tab);
    void cancel(ExecutionId id);
    /// Events of an execution that a tab shows without having started it.
    void watch(FlowTab *tab, ExecutionId id);
    /// The same for one that began before the tab was there: what happened in between is read.
    void follow(FlowTab *tab);
    void apply(const QList<ExecutionEvent> &events);
    void readRecords(FlowTab *tab) { readRecords(tab, false); } ///< of a run that has ended or is paused

    bool canRun(const FlowTab *tab) const;
    bool canStop(const FlowTab *tab) const;
    /// Was asked to stop; what runs now is the flow's final task.
    bool isStopping(const FlowTab *tab) const;

Q_SIGNALS:
    void started(flow::FlowTab *tab);
    void ended(flow::FlowTab *tab);
    void stateChanged();                    ///< canRun or canStop may have changed
    void problemsFound(flow::FlowTab *tab); ///< the drawing prevents a run
    /// Nothing was started: the last run may have done what this one would do again.
    void heldBack(flow::FlowTab *tab, const flow::InterruptedRun &last, const QJsonObject &input,
                  const flow::StartOptions &options);
    void said(const QString &text);

private:
    FlowService *service() const;
    void readRecords(FlowTab *tab, bool whatever);
    void begin(FlowTab *tab, ExecutionId id, const Flow &flow);

    ShellContext m_context;
    QSet<const FlowTab *> m_starting;
    QSet<ExecutionId> m_stopping;
    QHash<ExecutionId, QPointer<FlowTab>> m_tabs;
    /// Events may come before start() has answered with the id that they belong to.
    QHash<ExecutionId, QList<ExecutionEvent>> m_early;
};

} // namespace flow
