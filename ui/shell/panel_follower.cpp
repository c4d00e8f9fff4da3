// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/panel_follower.h"

#include "editor/inspector_panel.h"
#include "editor/problems_panel.h"
#include "look/format.h"
#include "monitor/data_panel.h"
#include "monitor/history_panel.h"
#include "monitor/log_panel.h"
#include "monitor/timeline_panel.h"
#include "shell/flow_tab.h"

namespace flow {

PanelFollower::PanelFollower(const Panels &panels, QObject *parent)
    : QObject(parent)
    , m_panels(panels)
{
    connect(panels.log, &LogPanel::taskActivated, this, &PanelFollower::reveal);
    connect(panels.timeline, &TimelinePanel::taskActivated, this, &PanelFollower::reveal);
    connect(panels.problems, &ProblemsPanel::placeActivated, this, &PanelFollower::jumpTo);
}

void PanelFollower::setTab(FlowTab *tab)
{
    if (m_tab) {
        disconnect(m_tab, nullptr, this, nullptr);
        disconnect(m_tab->document(), nullptr, this, nullptr);
    }
    m_tab = tab;
    FlowDocument *document = tab ? tab->document() : nullptr;
    m_panels.inspector->setDocument(document);
    m_panels.problems->setDocument(document);
    m_panels.history->setCurrentFlow(document ? document->flow().id : FlowId());
    if (tab) {
        connect(tab, &FlowTab::runChanged, this, &PanelFollower::showRun);
        connect(tab, &FlowTab::eventsApplied, this, &PanelFollower::apply);
        connect(document, &FlowDocument::selectionChanged, this, &PanelFollower::showSelectedData);
        connect(document, &FlowDocument::contentChanged, this,
                [this, document] { m_panels.history->setCurrentFlow(document->flow().id); });
    }
    m_shownRun = 0;
    showRun();
}

/// Another run or its records; log and timeline are only filled again when it is another one.
void PanelFollower::showRun()
{
    const TabRun run = m_tab ? m_tab->run() : TabRun();
    if (run.id != m_shownRun || run.id == 0) {
        m_shownRun = run.id;
        m_panels.log->clear(run.id ? tr("Run %1 of %2").arg(formatNumber(run.id), run.flowName) : QString());
        m_panels.log->append(run.events);
        m_panels.timeline->clear();
        for (const ExecutionEvent &event : run.events)
            m_panels.timeline->apply(event);
    }
    if (run.execution) {
        m_panels.timeline->showRecords(*run.execution, run.tasks);
        m_panels.data->showRecords(*run.execution, run.tasks, run.context);
        if (!run.context)
            showSelectedData();
    } else if (run.isActive()) {
        m_panels.data->showUnderWay(run.id);
    } else {
        m_panels.data->clear();
    }
    showTrace();
}

void PanelFollower::showSelectedData()
{
    const QStringList tasks = m_tab->document()->selection().tasks;
    if (m_tab->run().execution && tasks.size() == 1)
        m_panels.data->showTask(tasks.first());
}

void PanelFollower::showTrace()
{
    const bool any = m_tab && m_tab->run().id;
    m_panels.inspector->setExecution(
        any ? std::optional(m_tab->run().trace) : std::nullopt, any ? m_tab->run().tasks : QList<TaskExecution>(),
        any && m_tab->run().execution ? m_tab->run().execution->resumedFrom : std::nullopt);
}

void PanelFollower::apply(const QList<ExecutionEvent> &events)
{
    m_panels.log->append(events);
    for (const ExecutionEvent &event : events)
        m_panels.timeline->apply(event);
    showTrace();
}

void PanelFollower::reveal(const QString &taskName)
{
    if (m_tab && m_tab->document()->flow().task(taskName))
        m_tab->canvas()->revealTask(taskName);
}

void PanelFollower::jumpTo(const Place &place)
{
    if (!m_tab)
        return;
    const Flow &flow = m_tab->document()->flow();
    if (place.kind == Place::Kind::Task && place.index >= 0 && place.index < flow.tasks.size())
        m_tab->canvas()->revealTask(flow.tasks[place.index].name);
    else if (place.kind == Place::Kind::Condition && place.index >= 0 && place.index < flow.conditions.size())
        m_tab->canvas()->revealCondition(place.index);
    else
        m_tab->document()->select({});
    if (!place.field.isEmpty())
        m_panels.inspector->focusField(place.field);
}

} // namespace flow
