// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/library_controller.h"

#include "base/ids.h"
#include "base/json_reader.h"
#include "look/format.h"
#include "model/flow_limits.h"
#include "shell/background.h"
#include "shell/document_tabs.h"
#include "shell/library_panel.h"
#include "shell/questions.h"
#include "shell/service_handle.h"

#include <algorithm>

namespace flow {

namespace {

/// Every flow of the library. Any thread.
Result<QList<StoredFlow>> allFlows(FlowService *service)
{
    QList<StoredFlow> flows;
    for (FlowQuery query{.page = 1, .perPage = 1'000};; ++query.page) {
        const Result<Page<StoredFlow>> page = service->flows(query);
        if (!page)
            return page.error();
        flows.append(page->items);
        if (page->items.isEmpty() || flows.size() >= page->total)
            break;
    }
    const auto touched = [](const StoredFlow &flow) {
        return flow.lastExecutedAt ? std::max(flow.updatedAt, *flow.lastExecutedAt) : flow.updatedAt;
    };
    std::stable_sort(flows.begin(), flows.end(),
                     [&](const StoredFlow &a, const StoredFlow &b) { return touched(a) > touched(b); });
    return flows;
}

LibraryFlows namesOf(const QList<StoredFlow> &flows)
{
    LibraryFlows known{.mayBeOld = true}; // programs beside this one do not say what they save
    for (const StoredFlow &flow : flows)
        known.names.insert(flow.file.flow.id, flow.file.flow.name);
    return known;
}

} // namespace

LibraryController::LibraryController(const ShellContext &context, LibraryPanel *panel, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_panel(panel)
{
    m_reload.setSingleShot(true);
    m_reload.setInterval(50);
    connect(&m_reload, &QTimer::timeout, this, &LibraryController::reload);
    connect(panel, &LibraryPanel::duplicateRequested, this, &LibraryController::duplicate);
    connect(panel, &LibraryPanel::deleteRequested, this, &LibraryController::askToDelete);
    connect(panel, &LibraryPanel::exportRequested, this, &LibraryController::exportFlow);
    connect(panel->model(), &LibraryModel::renameRequested, this, &LibraryController::rename);
    connect(context.service, &ServiceHandle::opened, this, &LibraryController::start);
    connect(context.service, &ServiceHandle::failed, panel,
            [panel] { panel->setLoading(tr("The library could not be opened.")); });
    connect(context.tabs, &DocumentTabs::added, this, [this](FlowTab *tab) { tellLibrary(tab->document()); });
    panel->setLoading(tr("Opening the library..."));
    if (service())
        start(service());
}

FlowService *LibraryController::service() const
{
    return m_context.service->service();
}

QList<StoredFlow> LibraryController::flows() const
{
    return m_panel->model()->flows();
}

void LibraryController::start(FlowService *service)
{
    connect(service, &FlowService::flowSaved, this, &LibraryController::reloadSoon);
    connect(service, &FlowService::flowDeleted, this, [this](const FlowId &id) {
        forget(id);
        reloadSoon();
    });
    reload();
}

/// Once for many changes, but never put off by further ones: a steady stream of them shows, too.
void LibraryController::reloadSoon()
{
    if (!m_reload.isActive())
        m_reload.start();
}

void LibraryController::reload()
{
    if (m_reading) {
        reloadSoon();
        return;
    }
    m_reading = true;
    whenReady(service()->async([service = service()] { return allFlows(service); }), this,
              [this](const Result<QList<StoredFlow>> &flows) {
                  m_reading = false;
                  if (!flows) {
                      m_panel->setLoading(tr("The library cannot be read: %1").arg(flows.error().text()));
                      return;
                  }
                  m_panel->model()->setFlows(*flows);
                  m_panel->setLoading({});
                  m_known = namesOf(*flows);
                  for (const FlowTab *tab : m_context.tabs->all())
                      tellLibrary(tab->document());
                  Q_EMIT flowsChanged();
              });
}

void LibraryController::tellLibrary(FlowDocument *document) const
{
    if (m_known)
        document->setLibrary(*m_known);
}

void LibraryController::showExecutions(const QList<Execution> &executions)
{
    if (m_reading)
        reloadSoon(); // what is being read may be older, and would stay
    for (const Execution &execution : executions) {
        if (execution.parent)
            continue; // a sub-flow has the id of the flow in whose file it stands
        m_panel->model()->setStatus(execution.flowId, execution.status, execution.startedAt);
        // A run of a flow that was new to the library has put it there.
        if (!m_panel->model()->flow(execution.flowId))
            reloadSoon();
    }
}

void LibraryController::rename(const FlowId &id, const QString &name)
{
    if (m_context.tabs->ofLibraryFlow(id)) {
        Q_EMIT renameOpenRequested(id, name);
        return;
    }
    const auto renamed = service()->async([service = service(), id, name] {
        return service->updateFlow(id, [name](StoredFlow &flow) -> Result<void> {
            flow.file.flow.name = name;
            return {};
        });
    });
    whenReady(renamed, this, [this](const Result<StoredFlow> &flow) {
        if (!flow)
            tell(m_context.window, tr("The flow was not renamed"), flow.error());
    });
}

void LibraryController::duplicate(const FlowId &id)
{
    const auto copied = service()->async([service = service(), id, suffix = tr(" (copy)")]() -> Result<StoredFlow> {
        const Result<StoredFlow> original = service->flow(id);
        if (!original)
            return original.error();
        FlowFile copy = original->file;
        copy.flow.id = newFlowId();
        copy.flow.name = leftCharacters(copy.flow.name, limits::flowName - suffix.size()) + suffix;
        return service->createFlow(copy);
    });
    whenReady(copied, this, [this](const Result<StoredFlow> &copy) {
        if (!copy)
            return tell(m_context.window, tr("The flow was not duplicated"), copy.error());
        Q_EMIT said(tr("Made “%1”").arg(copy->file.flow.name));
    });
}

void LibraryController::exportFlow(const FlowId &id)
{
    whenReady(service()->async([service = service(), id] { return service->flow(id); }), this,
              [this](const Result<StoredFlow> &flow) {
                  if (!flow)
                      return tell(m_context.window, tr("The flow was not exported"), flow.error());
                  Q_EMIT exportReady(flow->file);
              });
}

void LibraryController::askToDelete(const FlowId &id)
{
    const StoredFlow *flow = m_panel->model()->flow(id);
    if (!flow)
        return;
    const auto counted = service()->async([service = service(), id] { return service->executionCount(id); });
    whenReady(counted, this, [this, id, name = flow->file.flow.name](const Result<qint64> &count) {
        if (!count)
            return tell(m_context.window, tr("“%1” cannot be deleted").arg(name), count.error());
        const QString detail =
            *count == 0 ? tr("It has never run. This cannot be undone.")
                        : tr("Its %n run(s), with their inputs and outputs, go with it. This cannot be undone.",
                             nullptr, static_cast<int>(*count));
        ask(m_context.window, QMessageBox::Warning, tr("Delete “%1”?").arg(name), detail,
            {{.label = tr("Delete"),
              .role = QMessageBox::DestructiveRole,
              .action = [this, id, name] { remove(id, name); }},
             {.label = tr("Cancel"), .role = QMessageBox::RejectRole, .isDefault = true}});
    });
}

void LibraryController::remove(const FlowId &id, const QString &name)
{
    m_deleting.insert(id);
    whenReady(service()->async([service = service(), id] { return service->deleteFlow(id); }), this,
              [this, id, name](const Result<void> &deleted) {
                  m_deleting.remove(id);
                  if (!deleted)
                      return tell(m_context.window, tr("“%1” was not deleted").arg(name), deleted.error());
                  Q_EMIT said(tr("Deleted “%1”").arg(name));
              });
}

/// What is open of a deleted flow is now nowhere else.
void LibraryController::forget(const FlowId &id)
{
    FlowTab *tab = m_context.tabs->ofLibraryFlow(id);
    if (!tab)
        return;
    tab->document()->setHome({});
    tab->document()->undoStack()->resetClean();
    if (!m_deleting.contains(id))
        Q_EMIT said(tr("“%1” was deleted elsewhere; it stays open here, not saved").arg(tab->document()->flow().name));
}

} // namespace flow
