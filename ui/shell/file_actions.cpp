// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/file_actions.h"

#include "shell/document_tabs.h"
#include "shell/open_controller.h"
#include "shell/save_controller.h"
#include "shell/service_handle.h"
#include "shell/unsaved_guard.h"
#include "shell/window_state.h"

namespace flow {

FileActions::FileActions(const ShellContext &context, const Actions &actions, const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_actions(actions)
    , m_parts(parts)
{
    connectOpening();
    connectSaving();
    connect(actions[ActionId::CloseTab], &QAction::triggered, this, [this] { close({m_tab}); });
    connect(context.tabs, &DocumentTabs::closeRequested, this, &FileActions::close);
    connect(context.tabs, &DocumentTabs::saveRequested, this, [this](FlowTab *tab) { m_parts.saver->save(tab); });
    connect(context.service, &ServiceHandle::opened, this, &FileActions::refresh);
    refresh();
}

void FileActions::connectOpening()
{
    OpenController *opener = m_parts.opener;
    connect(m_actions[ActionId::NewFlow], &QAction::triggered, opener, &OpenController::newFlow);
    connect(m_actions[ActionId::Open], &QAction::triggered, opener, &OpenController::chooseFiles);
    connect(m_actions[ActionId::OpenExample], &QAction::triggered, opener, &OpenController::openExample);
    connect(m_actions[ActionId::Import], &QAction::triggered, opener, &OpenController::chooseImport);
    const auto remember = [this](const QString &path) {
        m_parts.state->addRecentFile(path);
        Q_EMIT recentChanged(m_parts.state->recentFiles());
    };
    connect(opener, &OpenController::fileOpened, this, remember);
    connect(m_parts.saver, &SaveController::fileWritten, this, remember);
    connect(opener, &OpenController::fileMissing, this, [this](const QString &path) {
        m_parts.state->removeRecentFile(path);
        Q_EMIT recentChanged(m_parts.state->recentFiles());
    });
}

void FileActions::connectSaving()
{
    const auto on = [this](ActionId id, auto work) {
        connect(m_actions[id], &QAction::triggered, this, [this, work] {
            if (m_tab)
                work(m_parts.saver, m_tab.data());
        });
    };
    on(ActionId::Save, [](SaveController *saver, FlowTab *tab) { saver->save(tab); });
    on(ActionId::SaveAs, [](SaveController *saver, FlowTab *tab) { saver->saveAs(tab); });
    on(ActionId::Export, [](SaveController *saver, FlowTab *tab) { saver->exportCopy(tab->document()->file()); });
    on(ActionId::ExportForReference,
       [](SaveController *saver, FlowTab *tab) { saver->exportForReference(tab->document()->file()); });
}

void FileActions::setTab(FlowTab *tab)
{
    m_tab = tab;
    refresh();
}

void FileActions::refresh()
{
    const bool editable = m_tab && !m_tab->document()->isReadOnly();
    m_actions[ActionId::Save]->setEnabled(editable);
    m_actions[ActionId::SaveAs]->setEnabled(editable);
    m_actions[ActionId::Export]->setEnabled(m_tab);
    m_actions[ActionId::ExportForReference]->setEnabled(m_tab);
    m_actions[ActionId::CloseTab]->setEnabled(m_tab);
    m_actions[ActionId::Import]->setEnabled(m_context.service->service());
}

void FileActions::close(const QList<FlowTab *> &tabs)
{
    QList<QPointer<FlowTab>> guarded(tabs.cbegin(), tabs.cend());
    m_parts.guard->confirm(tabs, [this, guarded] {
        for (const QPointer<FlowTab> &tab : guarded) {
            if (tab)
                m_context.tabs->close(tab);
        }
    });
}

} // namespace flow
