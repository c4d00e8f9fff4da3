// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"
#include "model/task_type.h"
#include "shell/panel_follower.h"

#include <QList>
#include <QObject>

class QMainWindow;
class QMenu;

namespace flow {

class LibraryPanel;
class PalettePanel;
class PanelDock;

/// The panels in their docks: flows and tasks on the left, inspector on the right, the rest tabbed below. The window
/// owns them.
class WindowDocks : public QObject
{
    Q_OBJECT

public:
    WindowDocks(QMainWindow *window, const TaskTypes *types, Look *look);

    LibraryPanel *library() const { return m_library; }
    PalettePanel *palette() const { return m_palette; }
    const Panels &panels() const { return m_panels; }

    void resetLayout();
    void fillMenu(QMenu *menu) const;
    void setProblemCount(int count); ///< beside the title of the problems
    void showProblems();
    void showRun(); ///< the timeline, unless something of a run is in front already
    void showLog();
    void showHistory();
    void showTimeline();
    void showData();

private:
    void makePanels(const TaskTypes *types, Look *look);
    PanelDock *add(const char *name, const QString &title, QWidget *panel);
    void reveal(PanelDock *dock);

    QMainWindow *m_window;
    LibraryPanel *m_library = nullptr;
    PalettePanel *m_palette = nullptr;
    Panels m_panels;
    PanelDock *m_flows = nullptr;
    PanelDock *m_tasks = nullptr;
    PanelDock *m_inspector = nullptr;
    PanelDock *m_problems = nullptr;
    PanelDock *m_log = nullptr;
    PanelDock *m_timeline = nullptr;
    PanelDock *m_data = nullptr;
    PanelDock *m_history = nullptr;
};

} // namespace flow
