// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/window_docks.h"

#include "editor/inspector_panel.h"
#include "editor/palette_panel.h"
#include "editor/problems_panel.h"
#include "look/format.h"
#include "monitor/data_panel.h"
#include "monitor/history_panel.h"
#include "monitor/log_panel.h"
#include "monitor/timeline_panel.h"
#include "shell/library_panel.h"
#include "shell/panel_dock.h"

#include <QMainWindow>
#include <QMenu>

namespace flow {

namespace {

constexpr int leftWidth = 248;
constexpr int rightWidth = 320;
constexpr int bottomHeight = 236;

} // namespace

WindowDocks::WindowDocks(QMainWindow *window, const TaskTypes *types, Look *look)
    : QObject(window)
    , m_window(window)
{
    makePanels(types, look);
    window->setDockNestingEnabled(true);
    window->setDockOptions(QMainWindow::AllowNestedDocks | QMainWindow::AllowTabbedDocks |
                           (look->reducedMotion() ? QMainWindow::DockOption() : QMainWindow::AnimatedDocks));
    window->setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    window->setDocumentMode(true);
    window->setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    window->setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);

    m_flows = add("flows", tr("Flows"), m_library);
    m_tasks = add("tasks", tr("Add a task"), m_palette);
    m_inspector = add("inspector", tr("Inspector"), m_panels.inspector);
    m_problems = add("problems", tr("Problems"), m_panels.problems);
    m_log = add("log", tr("Log"), m_panels.log);
    m_timeline = add("timeline", tr("Timeline"), m_panels.timeline);
    m_data = add("data", tr("Data"), m_panels.data);
    m_history = add("history", tr("History"), m_panels.history);
    resetLayout();
}

void WindowDocks::makePanels(const TaskTypes *types, Look *look)
{
    m_library = new LibraryPanel(look, m_window);
    m_palette = new PalettePanel(types, look, m_window);
    m_panels.inspector = new InspectorPanel(look, m_window);
    m_panels.problems = new ProblemsPanel(look, m_window);
    m_panels.log = new LogPanel(look, m_window);
    m_panels.timeline = new TimelinePanel(look, m_window);
    m_panels.data = new DataPanel(look, m_window);
    m_panels.history = new HistoryPanel(look, m_window);
}

PanelDock *WindowDocks::add(const char *name, const QString &title, QWidget *panel)
{
    // The inspector says itself what it shows.
    const auto kind = panel == m_panels.inspector ? PanelDock::Title::Never : PanelDock::Title::WhenAlone;
    return new PanelDock(QString::fromLatin1(name), title, panel, kind, m_window);
}

void WindowDocks::resetLayout()
{
    const QList<PanelDock *> below{m_problems, m_log, m_timeline, m_data, m_history};
    for (PanelDock *dock : QList<PanelDock *>{m_flows, m_tasks, m_inspector} + below) {
        dock->setFloating(false);
        m_window->removeDockWidget(dock);
    }
    m_window->addDockWidget(Qt::LeftDockWidgetArea, m_flows);
    m_window->addDockWidget(Qt::LeftDockWidgetArea, m_tasks);
    m_window->addDockWidget(Qt::RightDockWidgetArea, m_inspector);
    m_window->addDockWidget(Qt::BottomDockWidgetArea, m_problems);
    for (PanelDock *dock : below.mid(1))
        m_window->tabifyDockWidget(m_problems, dock);
    for (PanelDock *dock : QList<PanelDock *>{m_flows, m_tasks, m_inspector} + below)
        dock->show();
    m_window->resizeDocks({m_flows, m_inspector}, {leftWidth, rightWidth}, Qt::Horizontal);
    m_window->resizeDocks({m_problems}, {bottomHeight}, Qt::Vertical);
    m_window->resizeDocks({m_flows, m_tasks}, {260, 520}, Qt::Vertical);
}

void WindowDocks::fillMenu(QMenu *menu) const
{
    for (PanelDock *dock : {m_flows, m_tasks, m_inspector, m_problems, m_log, m_timeline, m_data, m_history})
        menu->addAction(dock->toggleViewAction());
}

void WindowDocks::setProblemCount(int count)
{
    m_problems->setWindowTitle(count ? tr("Problems %1").arg(formatNumber(count)) : tr("Problems"));
}

void WindowDocks::reveal(PanelDock *dock)
{
    dock->show();
    dock->raise();
}

void WindowDocks::showProblems()
{
    reveal(m_problems);
}

void WindowDocks::showRun()
{
    if (!m_problems->visibleRegion().isEmpty())
        reveal(m_timeline);
}

void WindowDocks::showLog()
{
    reveal(m_log);
}

void WindowDocks::showHistory()
{
    reveal(m_history);
}

void WindowDocks::showTimeline()
{
    reveal(m_timeline);
}

void WindowDocks::showData()
{
    reveal(m_data);
}

} // namespace flow
