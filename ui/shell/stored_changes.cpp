// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/stored_changes.h"

#include "shell/background.h"
#include "shell/document_tabs.h"
#include "shell/save_controller.h"
#include "shell/service_handle.h"

namespace flow {

StoredChanges::StoredChanges(const ShellContext &context, const SaveController *saver, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_saver(saver)
{
    connect(context.service, &ServiceHandle::opened, this, &StoredChanges::follow);
    if (FlowService *service = context.service->service())
        follow(service);
}

void StoredChanges::follow(FlowService *service)
{
    connect(service, &FlowService::flowSaved, this, &StoredChanges::flowSaved);
}

/// The tab whose flow stands on an older version; what is being saved from here is not behind.
FlowTab *StoredChanges::tabBehind(const FlowId &id, int version) const
{
    FlowTab *tab = m_context.tabs->ofLibraryFlow(id);
    return tab && !m_saver->isSaving(tab) && tab->document()->home().version < version ? tab : nullptr;
}

void StoredChanges::flowSaved(const FlowId &id, int version)
{
    FlowService *service = m_context.service->service();
    if (!service || !tabBehind(id, version))
        return;
    whenReady(service->async([service, id] { return service->flow(id); }), this,
              [this, id](const Result<StoredFlow> &flow) {
                  // Deleted in between: whoever follows deletions says so.
                  FlowTab *tab = flow ? tabBehind(id, flow->version) : nullptr;
                  if (tab)
                      show(tab, *flow);
              });
}

void StoredChanges::show(FlowTab *tab, const StoredFlow &flow)
{
    FlowDocument *document = tab->document();
    const QString version = QString::number(flow.version);
    if (document->file() == flow.file)
        return document->setHome(libraryHome(flow.file.flow.id, flow.version));
    if (document->isModified()) {
        Q_EMIT said(tr("“%1” was saved elsewhere as version %2. Yours is kept; saving it will ask what to do.")
                        .arg(document->flow().name, version));
        return;
    }
    document->replaceFile(flow.file, tr("Changes made elsewhere"));
    document->setHome(libraryHome(flow.file.flow.id, flow.version));
    Q_EMIT said(tr("“%1” was saved elsewhere; this is version %2").arg(flow.file.flow.name, version));
}

} // namespace flow
