// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution_event.h"
#include "model/issue.h"

#include <QObject>
#include <QPointer>

namespace flow {

class DataPanel;
class FlowTab;
class HistoryPanel;
class InspectorPanel;
class LogPanel;
class ProblemsPanel;
class TimelinePanel;

/// The panels around the canvas. They belong to the window.
struct Panels
{
    InspectorPanel *inspector = nullptr;
    ProblemsPanel *problems = nullptr;
    LogPanel *log = nullptr;
    TimelinePanel *timeline = nullptr;
    DataPanel *data = nullptr;
    HistoryPanel *history = nullptr;
};

/// Makes the panels show the current tab: its document and its run, live. GUI thread.
class PanelFollower : public QObject
{
    Q_OBJECT

public:
    explicit PanelFollower(const Panels &panels, QObject *parent = nullptr);

    void setTab(FlowTab *tab); ///< may be null
    /// Selects what a problem is about, shows it, and puts the cursor into its field.
    void jumpTo(const Place &place);

private:
    void showRun();
    void showTrace();
    void showSelectedData();
    void apply(const QList<ExecutionEvent> &events);
    void reveal(const QString &taskName);

    Panels m_panels;
    QPointer<FlowTab> m_tab;
    ExecutionId m_shownRun = 0; ///< the one that log and timeline hold
};

} // namespace flow
