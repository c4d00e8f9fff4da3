// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/actions.h"
#include "shell/main_menu.h"
#include "shell/session_start.h"
#include "shell/shell_context.h"

#include <QMainWindow>

#include <memory>

namespace flow {

class DocumentTabs;
class EditActions;
class EventFeed;
class FileActions;
class HistoryController;
class LibraryController;
class LiveExecutions;
class MainToolBar;
class PanelFollower;
class PauseActions;
class Recovery;
class RestServer;
class ResumeController;
class RunActions;
class RunController;
class SaveController;
class SteerController;
class StoredChanges;
class ServerController;
class StartPage;
class ThemeActions;
class UnsavedGuard;
class WindowDocks;
class WindowStatus;

/// The window of the program. It only puts the parts together and joins them; what they do stands in their own files.
/// GUI thread; the service handle, the look and the server outlive it.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    struct Parts
    {
        ServiceHandle *service = nullptr;
        Look *look = nullptr;
        RestServer *server = nullptr;
        TaskTypes types;
        QString settingsFile;            ///< where limits and port are kept
        std::optional<Look::Mode> theme; ///< given on the command line: comes before the remembered one
        QStringList warnings = {};       ///< what is odd in the settings; the first is told at the start
    };
    explicit MainWindow(const Parts &parts);
    ~MainWindow() override;

    /// Opens what belongs on the screen; call it once the window is shown.
    void start(const StartWishes &wishes);

    const Actions &actions() const { return *m_actions; }
    DocumentTabs *tabs() const { return m_tabs; }
    WindowDocks *docks() const { return m_docks; }
    OpenController *opener() const { return m_opener; }
    HistoryController *history() const { return m_history; }

Q_SIGNALS:
    void firstPainted();
    void started(); ///< what belongs on the screen is there, or being read

protected:
    void closeEvent(QCloseEvent *event) override;
    bool event(QEvent *event) override;

private:
    void makeMiddle();
    void makeControllers();
    void makeToolBar(RestServer *server);
    void joinTabs();
    void joinEvents();
    void joinDocuments();
    void joinHelp();
    void followTab(FlowTab *tab);
    void followOpenFlow();
    void showProblemCount();
    void sayWarnings();
    void showRunning();
    void showFailure(const Error &error);
    void search();
    void editSettings();
    void askBeforeClosing();

    Parts m_parts;
    ShellContext m_context;
    std::unique_ptr<WindowState> m_state;
    Actions *m_actions;
    MainMenu m_menu;
    MainToolBar *m_toolBar = nullptr;
    StartPage *m_startPage = nullptr;
    DocumentTabs *m_tabs = nullptr;
    WindowDocks *m_docks = nullptr;
    WindowStatus *m_status = nullptr;
    EventFeed *m_feed = nullptr;
    LiveExecutions *m_live = nullptr;
    OpenController *m_opener = nullptr;
    SaveController *m_saver = nullptr;
    UnsavedGuard *m_guard = nullptr;
    FileActions *m_files = nullptr;
    EditActions *m_edits = nullptr;
    RunController *m_runner = nullptr;
    SteerController *m_steering = nullptr;
    ResumeController *m_resuming = nullptr;
    PauseActions *m_pauses = nullptr;
    RunActions *m_runs = nullptr;
    StoredChanges *m_storedChanges = nullptr;
    LibraryController *m_library = nullptr;
    HistoryController *m_history = nullptr;
    PanelFollower *m_follower = nullptr;
    ServerController *m_server = nullptr;
    Recovery *m_recovery = nullptr;
    ThemeActions *m_themes = nullptr;
    bool m_mayClose = false;
    bool m_started = false; ///< from here on the open tabs are remembered
    bool m_painted = false;
};

} // namespace flow
