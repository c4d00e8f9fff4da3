// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/main_window.h"

#include "editor/palette_panel.h"
#include "look/status_bar.h"
#include "monitor/data_panel.h"
#include "monitor/history_panel.h"
#include "shell/close_window.h"
#include "shell/document_tabs.h"
#include "shell/edit_actions.h"
#include "shell/event_feed.h"
#include "shell/file_actions.h"
#include "shell/file_drop.h"
#include "shell/history_controller.h"
#include "shell/last_runs.h"
#include "shell/library_controller.h"
#include "shell/library_panel.h"
#include "shell/live_executions.h"
#include "shell/main_tool_bar.h"
#include "shell/open_controller.h"
#include "shell/pause_actions.h"
#include "shell/questions.h"
#include "shell/reading_sign.h"
#include "shell/resume_controller.h"
#include "shell/run_actions.h"
#include "shell/run_controller.h"
#include "shell/run_counter.h"
#include "shell/save_controller.h"
#include "shell/search_everything.h"
#include "shell/server_controller.h"
#include "shell/service_failure.h"
#include "shell/service_handle.h"
#include "shell/settings_dialog.h"
#include "shell/start_page.h"
#include "shell/steer_controller.h"
#include "shell/stored_changes.h"
#include "shell/theme_actions.h"
#include "shell/unsaved_guard.h"
#include "shell/window_docks.h"
#include "shell/window_status.h"

#include <QCloseEvent>
#include <QMenu>
#include <QMenuBar>
#include <QScreen>

namespace flow {

MainWindow::MainWindow(const Parts &parts)
    : m_parts(parts)
    , m_state(std::make_unique<WindowState>(parts.service->settings().dataDir))
    , m_actions(new Actions(parts.look, this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(QCoreApplication::applicationName());
    // As large as it is at its best, where the screen has that much room beside the frame and the desktop's own bars.
    constexpr QSize frame(20, 60);
    resize(QSize(1440, 900).boundedTo(screen()->availableSize() - frame));
    makeMiddle();
    m_context = {this, parts.service, parts.look, m_tabs, &m_parts.types};
    makeControllers();
    makeToolBar(parts.server);
    joinTabs();
    joinEvents();
    joinDocuments();
    m_themes = new ThemeActions(*m_actions, parts.look, m_state.get(), parts.theme, this);
    joinHelp();
    m_state->restoreWindow(*this);
    followTab(nullptr);
    m_startPage->setFocus();
    if (FlowService *service = parts.service->service()) {
        m_feed->follow(service);
        m_live->follow(service);
    }
}

MainWindow::~MainWindow()
{
    // Tabs first: panels and controllers may still look at the current one.
    for (FlowTab *tab : m_tabs->all())
        m_tabs->close(tab);
}

void MainWindow::makeMiddle()
{
    m_menu = buildMainMenu(menuBar(), *m_actions);
    m_startPage = new StartPage(*m_actions, m_parts.look, this);
    m_tabs = new DocumentTabs(m_startPage, m_parts.look, this);
    m_tabs->addActions(m_actions->ofCanvas());
    setCentralWidget(m_tabs);
    m_docks = new WindowDocks(this, &m_parts.types, m_parts.look);
    m_docks->fillMenu(m_menu.panels);
    auto *bar = new StatusBar(this);
    setStatusBar(bar);
    m_status = new WindowStatus(bar, m_parts.look, this);
    m_status->setDatabase(tr("Opening the database..."), true);
}

void MainWindow::makeControllers()
{
    m_feed = new EventFeed(this);
    m_live = new LiveExecutions(this);
    m_opener = new OpenController(m_context, this);
    statusBar()->addPermanentWidget(new ReadingSign(m_opener->reads(), statusBar()));
    m_saver = new SaveController(m_context, this);
    m_guard = new UnsavedGuard(m_context, m_saver, this);
    m_files = new FileActions(m_context, *m_actions, {m_opener, m_saver, m_guard, m_state.get()}, this);
    m_edits = new EditActions(*m_actions, this);
    m_runner = new RunController(m_context, this);
    m_steering = new SteerController(m_context, m_state.get(), this);
    m_resuming = new ResumeController(m_context, this);
    m_runs = new RunActions(m_context, *m_actions, m_runner, m_steering, m_resuming, m_state.get(), this);
    m_pauses = new PauseActions(m_context, *m_actions, m_runner, m_steering, this);
    m_storedChanges = new StoredChanges(m_context, m_saver, this);
    m_library = new LibraryController(m_context, m_docks->library(), this);
    auto *lastRuns = new LastRuns(m_context, this);
    connect(lastRuns, &LastRuns::goesOn, m_runner, &RunController::follow);
    m_history = new HistoryController(m_context, m_docks->panels().history, this);
    m_follower = new PanelFollower(m_docks->panels(), this);
    m_recovery = new Recovery(m_parts.service->settings().dataDir, this);
    connect(m_recovery, &Recovery::failed, this, [this](const Error &error) {
        tell(this, tr("Unsaved changes cannot be kept for the case that the program ends unexpectedly"), error);
    });
    auto *drop = new FileDrop(this);
    connect(drop, &FileDrop::filesDropped, this, [this](const QStringList &paths) {
        for (const QString &path : paths)
            m_opener->openFile(path);
    });
}

void MainWindow::makeToolBar(RestServer *server)
{
    m_toolBar = new MainToolBar(*m_actions, m_parts.look, this);
    addToolBar(m_toolBar);
    m_server =
        new ServerController(m_context, server, (*m_actions)[ActionId::RestServer], m_toolBar->serverPill(), this);
    connect(m_edits, &EditActions::zoomChanged, m_toolBar, &MainToolBar::setZoom);
    connect(m_toolBar, &MainToolBar::zoomRequested, this, [this](double zoom) {
        if (m_tabs->current())
            m_tabs->current()->canvas()->setZoom(zoom);
    });
}

void MainWindow::joinTabs()
{
    const auto remember = [this] {
        if (m_started)
            m_state->saveTabs(*m_tabs);
    };
    connect(m_tabs, &DocumentTabs::currentChanged, this, &MainWindow::followTab);
    connect(m_tabs, &DocumentTabs::opened, this, remember);
    connect(m_tabs, &DocumentTabs::closed, this, remember);
    connect(m_tabs, &DocumentTabs::added, m_recovery, &Recovery::follow);
    connect(m_tabs, &DocumentTabs::added, m_steering, &SteerController::follow);
    connect(m_tabs, &DocumentTabs::added, this, [this](FlowTab *tab) {
        connect(tab->canvas(), &CanvasView::taskMenuOpened, this, [this, tab](QMenu *menu, const QString &task) {
            m_runs->offer(menu, tab, task);
            m_resuming->offer(menu, tab, task);
        });
        connect(tab->canvas(), &CanvasView::exampleRequested, m_opener, &OpenController::openExample);
    });
    connect(m_docks->palette(), &PalettePanel::taskTypeActivated, this, [this](const QString &type) {
        FlowTab *tab = m_tabs->current();
        if (!tab || tab->document()->isReadOnly())
            tab = m_opener->newFlow();
        const CanvasView *canvas = tab->canvas();
        const QString name = tab->document()->addTask(type, canvas->mapToScene(canvas->viewport()->rect().center()));
        tab->canvas()->revealTask(name);
    });
}

void MainWindow::followTab(FlowTab *tab)
{
    m_edits->setTab(tab);
    m_files->setTab(tab);
    m_runs->setTab(tab);
    m_pauses->setTab(tab);
    m_follower->setTab(tab);
    m_status->setTab(tab);
    m_docks->library()->setOpenFlow(tab ? tab->document()->flow().id : FlowId());
    if (tab)
        connect(tab->document(), &FlowDocument::issuesChanged, this, &MainWindow::showProblemCount,
                Qt::UniqueConnection);
    showProblemCount();
}

void MainWindow::showProblemCount()
{
    const FlowTab *tab = m_tabs->current();
    m_docks->setProblemCount(tab ? static_cast<int>(tab->document()->issues().size()) : 0);
}

void MainWindow::joinEvents()
{
    connect(m_parts.service, &ServiceHandle::opened, m_feed, &EventFeed::follow);
    connect(m_parts.service, &ServiceHandle::opened, m_live, &LiveExecutions::follow);
    connect(m_parts.service, &ServiceHandle::opened, m_status, [this](const FlowService *service) {
        m_status->setDatabase(QStringLiteral("SQLite"));
        if (const int runs = service->interruptedAtStart()) {
            m_status->say(tr("%n run(s) had not ended when the program last did; the history shows them as interrupted",
                             nullptr, runs));
            m_docks->showHistory(); // where they can be resumed
            m_docks->panels().history->showOnly(ExecutionStatus::Interrupted);
        } else if (const int going = service->releasedAtStart())
            m_status->say(tr("%n run(s) had not ended when the program last did, and go on now", nullptr, going));
    });
    connect(m_parts.service, &ServiceHandle::failed, this, &MainWindow::showFailure);
    const ServiceSettings &configured = m_parts.service->settings();
    connect(m_parts.service, &ServiceHandle::opened, this,
            [this, folder = configured.dataDir, url = configured.databaseUrl] {
                const ServiceSettings &used = m_parts.service->settings();
                if (used.dataDir != folder || used.databaseUrl != url)
                    askToRememberFolder(m_context, m_parts.settingsFile);
            });
    connect(m_feed, &EventFeed::arrived, m_live, &LiveExecutions::apply);
    connect(m_feed, &EventFeed::arrived, m_runner, &RunController::apply);
    connect(m_feed, &EventFeed::arrived, m_steering, &SteerController::apply);
    connect(m_history, &HistoryController::runOpened, this, [this](FlowTab *tab) {
        if (!tab->run().isActive())
            return;
        m_runner->follow(tab);
        m_steering->readBreakpoints(tab);
    });
    connect(m_live, &LiveExecutions::changed, m_library, &LibraryController::showExecutions);
    connect(m_live, &LiveExecutions::changed, m_history, &HistoryController::showExecutions);
    connect(m_live, &LiveExecutions::changed, this, &MainWindow::showRunning);
    connect(m_resuming, &ResumeController::resumed, m_history, &HistoryController::openExecution);
    connect(m_docks->panels().history, &HistoryPanel::resumeRequested, m_resuming,
            [this](ExecutionId id, bool newest) { m_resuming->resume(id, {.newestRevision = newest}); });
    connect(m_docks->panels().history, &HistoryPanel::cancelRequested, m_runner, &RunController::cancel);
    connect(m_runner, &RunController::problemsFound, this, [this](FlowTab *tab) {
        m_docks->showProblems();
        m_follower->jumpTo(tab->document()->issues().first().place);
        m_status->say(tr("The flow cannot run yet: %1").arg(tab->document()->issues().first().text));
    });
    connect(m_docks->panels().data, &DataPanel::contextEditRequested, (*m_actions)[ActionId::EditContext],
            &QAction::trigger);
    connect(m_docks->panels().data, &DataPanel::resultRequested, (*m_actions)[ActionId::ForceResult],
            &QAction::trigger);
    connect(m_runner, &RunController::started, m_docks, &WindowDocks::showRun);
    auto *counter = new RunCounter(m_parts.service, this);
    connect(m_live, &LiveExecutions::changed, counter, &RunCounter::countSoon);
    connect(counter, &RunCounter::counted, m_status, &WindowStatus::setRuns);
    const auto say = [this](const QString &text) { m_status->say(text); };
    connect(m_runner, &RunController::said, this, say);
    connect(m_steering, &SteerController::said, this, say);
    connect(m_opener, &OpenController::said, this, say);
    connect(m_saver, &SaveController::said, this, say);
    connect(m_library, &LibraryController::said, this, say);
    connect(m_storedChanges, &StoredChanges::said, this, say);
    connect(m_history, &HistoryController::said, this, say);
    connect(m_server, &ServerController::said, this, say);
    connect(m_edits, &EditActions::said, this, say);
    connect(m_status, &WindowStatus::issuesClicked, m_docks, &WindowDocks::showProblems);
}

void MainWindow::joinDocuments()
{
    LibraryPanel *panel = m_docks->library();
    connect(panel, &LibraryPanel::openRequested, m_opener, &OpenController::openFromLibrary);
    connect(panel, &LibraryPanel::newRequested, m_opener, &OpenController::newFlow);
    connect(panel, &LibraryPanel::exampleRequested, m_opener, &OpenController::openExample);
    connect(m_library, &LibraryController::exportReady, m_saver, &SaveController::exportCopy);
    connect(m_library, &LibraryController::flowsChanged, this, [this] {
        m_history->setFlows(m_library->flows());
        followOpenFlow();
        showRunning();
    });
    connect(m_library, &LibraryController::renameOpenRequested, this, [this](const FlowId &id, const QString &name) {
        FlowTab *tab = m_tabs->ofLibraryFlow(id);
        const bool clean = !tab->document()->isModified();
        Flow renamed = tab->document()->flow();
        renamed.name = name;
        tab->document()->changeFlow(renamed, QStringLiteral("name"));
        if (clean)
            m_saver->save(tab);
    });
    connect(m_saver, &SaveController::saved, m_status, &WindowStatus::saved);
    connect(m_saver, &SaveController::saved, this, &MainWindow::followOpenFlow);

    const auto open = [this](const QString &path) { m_opener->openFile(path); };
    const auto showRecent = [this, open](const QStringList &paths) {
        fillRecentMenu(m_menu.recent, paths, open);
        m_startPage->setRecentFiles(paths);
    };
    connect(m_files, &FileActions::recentChanged, this, showRecent);
    connect(m_startPage, &StartPage::fileActivated, this, open);
    showRecent(m_state->recentFiles());
}

void MainWindow::followOpenFlow()
{
    const FlowTab *tab = m_tabs->current();
    m_docks->library()->setOpenFlow(tab ? tab->document()->flow().id : FlowId());
}

void MainWindow::joinHelp()
{
    connect((*m_actions)[ActionId::Search], &QAction::triggered, this, &MainWindow::search);
    connect((*m_actions)[ActionId::Settings], &QAction::triggered, this, &MainWindow::editSettings);
    connect((*m_actions)[ActionId::ResetLayout], &QAction::triggered, m_docks, &WindowDocks::resetLayout);
    connect((*m_actions)[ActionId::Quit], &QAction::triggered, this, &QWidget::close);
    connect((*m_actions)[ActionId::About], &QAction::triggered, this, [this] {
        ask(this, QMessageBox::Information, tr("Flow Manager %1").arg(QCoreApplication::applicationVersion()),
            tr("Draw flows of tasks, run them, watch them.\nFree software under the GNU General Public License 3 or "
               "later."),
            {{.label = tr("Close"), .role = QMessageBox::RejectRole, .isDefault = true}});
    });
}

void MainWindow::start(const StartWishes &wishes)
{
    auto *session = new SessionStart(m_context, m_opener, m_state.get(), m_recovery, this);
    connect(session, &SessionStart::finished, this, [this] {
        m_started = true;
        m_state->saveTabs(*m_tabs);
        sayWarnings();
        Q_EMIT started();
    });
    session->start(wishes);
}

/// There is room for one; all of them are in the log.
void MainWindow::sayWarnings()
{
    const QStringList &warnings = m_parts.warnings;
    if (warnings.size() == 1)
        m_status->say(warnings.first());
    else if (!warnings.isEmpty())
        m_status->say(tr("%1 (and %n more: see the log)", nullptr, int(warnings.size()) - 1).arg(warnings.first()));
}

void MainWindow::showRunning()
{
    QMap<FlowId, QString> names;
    for (const StoredFlow &flow : m_library->flows())
        names.insert(flow.file.flow.id, flow.file.flow.name);
    m_status->setRunning(m_live->running(), names);
}

void MainWindow::showFailure(const Error &error)
{
    m_status->setDatabase(tr("No database"));
    askForAnotherFolder(m_context, error);
}

void MainWindow::search()
{
    (new CommandPalette(everything(m_context, *m_actions, m_library->flows(), m_opener), m_parts.look, this))->popup();
}

void MainWindow::editSettings()
{
    ServiceSettings shown = m_parts.service->settings();
    shown.port = m_server->port();
    auto *dialog = new SettingsDialog(shown, m_parts.settingsFile, m_parts.look, this);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_themes->choose(dialog->theme());
        m_server->setPort(dialog->port());
        if (const Result<void> saved = dialog->save(); !saved)
            tell(this, tr("The settings were not saved"), saved.error());
    });
    dialog->open();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_mayClose) {
        event->ignore();
        // Later: within this event another close() would be taken for the same one.
        QMetaObject::invokeMethod(this, &MainWindow::askBeforeClosing, Qt::QueuedConnection);
        return;
    }
    m_state->saveTabs(*m_tabs);
    m_state->saveWindow(*this);
    m_started = false; // closing the tabs now is not the person's wish
    QMainWindow::closeEvent(event);
}

void MainWindow::askBeforeClosing()
{
    askToClose(m_context, m_guard, [this] {
        m_mayClose = true;
        close();
    });
}

bool MainWindow::event(QEvent *event)
{
    const bool handled = QMainWindow::event(event);
    if (event->type() == QEvent::Paint && !m_painted) {
        m_painted = true;
        Q_EMIT firstPainted();
    }
    return handled;
}

} // namespace flow
