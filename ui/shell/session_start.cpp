// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/session_start.h"

#include "shell/background.h"
#include "shell/document_tabs.h"
#include "shell/open_controller.h"
#include "shell/questions.h"
#include "shell/service_handle.h"

#include <QDir>
#include <QFile>

namespace flow {

namespace {

using Tabs = QList<WindowState::OpenFlow>;
using Reopened = QList<QPair<WindowState::OpenFlow, FlowFile>>;

/// What of these still exists; the rest is left out without a word. Any thread.
Reopened readTabs(FlowService *service, const Tabs &tabs)
{
    Reopened result;
    for (const WindowState::OpenFlow &tab : tabs) {
        if (tab.home.kind == DocumentHome::Kind::Library) {
            if (const Result<StoredFlow> flow = service->flow(tab.id))
                result.append({{libraryHome(tab.id, flow->version), tab.id, tab.isCurrent}, flow->file});
        } else if (QFile::exists(tab.home.filePath)) {
            const FlowFileReading reading = loadFlowFile(tab.home.filePath);
            if (reading.ok())
                result.append({tab, reading.file});
        }
    }
    return result;
}

} // namespace

SessionStart::SessionStart(const ShellContext &context, OpenController *opener, WindowState *state, Recovery *recovery,
                           QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_opener(opener)
    , m_state(state)
    , m_recovery(recovery)
{
}

void SessionStart::start(const StartWishes &wishes)
{
    m_wishes = wishes;
    const QString dataDir = m_context.service->settings().dataDir;
    inBackground(
        this, [dataDir] { return Recovery::leftBehind(dataDir); },
        [this](const RecoveryFinds &left) {
            if (left.unreadable.isEmpty())
                askAboutRecovered(left.flows);
            else
                tellUnreadable(left);
        });
}

void SessionStart::tellUnreadable(const RecoveryFinds &left)
{
    QStringList paths;
    for (const QString &path : left.unreadable)
        paths.append(QDir::toNativeSeparators(path));
    ask(m_context.window, QMessageBox::Warning,
        tr("%n flow(s) with unsaved changes cannot be read", nullptr, static_cast<int>(paths.size())),
        tr("Flow Manager did not end in the usual way, and what it had kept is damaged. It stays for you to look at "
           "in a text editor:") +
            QStringLiteral("\n\n") + paths.join(u'\n'),
        {{.label = tr("Close"),
          .role = QMessageBox::RejectRole,
          .action = [this, flows = left.flows] { askAboutRecovered(flows); },
          .isDefault = true}});
}

void SessionStart::forget(const QList<RecoveredFlow> &flows)
{
    inBackground(
        this,
        [flows] {
            Recovery::forget(flows);
            return true;
        },
        [](bool) {});
}

void SessionStart::askAboutRecovered(const QList<RecoveredFlow> &flows)
{
    if (flows.isEmpty())
        return reopen();
    QStringList names;
    for (const RecoveredFlow &flow : flows)
        names.append(QStringLiteral("“%1”").arg(flow.file.flow.name));
    const auto restore = [this, flows] {
        for (const RecoveredFlow &flow : flows)
            m_opener->show(flow.file, flow.home, true);
        // The new tabs get copies of their own; only then the old ones may go.
        m_recovery->writeNow(this, [this, flows](bool allWritten) {
            if (allWritten)
                forget(flows);
        });
        reopen();
    };
    const auto discard = [this, flows] {
        forget(flows);
        reopen();
    };
    ask(m_context.window, QMessageBox::Question,
        tr("Restore %n flow(s) with unsaved changes?", nullptr, static_cast<int>(flows.size())),
        tr("Flow Manager did not end in the usual way. Kept from then: %1.").arg(names.join(tr(", "))),
        {{.label = tr("Restore"), .role = QMessageBox::AcceptRole, .action = restore, .isDefault = true},
         {.label = tr("Discard"), .role = QMessageBox::DestructiveRole, .action = discard},
         {.label = tr("Ask again at the next start"), .role = QMessageBox::RejectRole, .action = [this] {
              reopen();
          }}});
}

void SessionStart::reopen()
{
    Tabs tabs = m_state->openTabs();
    tabs.removeIf([this](const WindowState::OpenFlow &tab) {
        return tab.home.kind == DocumentHome::Kind::Library ? m_context.tabs->ofLibraryFlow(tab.id) != nullptr
                                                            : m_context.tabs->ofFile(tab.home.filePath) != nullptr;
    });
    if (tabs.isEmpty())
        return openRest(nullptr);
    const auto read = [this, tabs](FlowService *service) {
        whenReady(service->async([service, tabs] { return readTabs(service, tabs); }), this,
                  [this](const Reopened &flows) {
                      FlowTab *current = nullptr;
                      for (const auto &[tab, file] : flows) {
                          FlowTab *shown = m_opener->show(file, tab.home);
                          if (tab.isCurrent)
                              current = shown;
                      }
                      openRest(current);
                  });
    };
    if (FlowService *service = m_context.service->service())
        read(service);
    else
        connect(m_context.service, &ServiceHandle::opened, this, read, Qt::SingleShotConnection);
}

void SessionStart::openRest(FlowTab *current)
{
    if (current)
        m_context.tabs->activate(current);
    for (const QString &file : std::as_const(m_wishes.files))
        m_opener->openFile(file);
    if (m_wishes.sample && m_wishes.files.isEmpty() && m_context.tabs->all().isEmpty())
        m_opener->openExample();
    Q_EMIT finished();
}

} // namespace flow
