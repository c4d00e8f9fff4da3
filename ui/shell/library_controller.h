// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/library_flows.h"
#include "model/stored_flow.h"
#include "shell/shell_context.h"

#include <QObject>
#include <QSet>
#include <QTimer>

namespace flow {

class FlowDocument;
class FlowService;
class LibraryPanel;

/// Joins the library panel with the service: keeps the list fresh, renames, duplicates, deletes. GUI thread.
class LibraryController : public QObject
{
    Q_OBJECT

public:
    LibraryController(const ShellContext &context, LibraryPanel *panel, QObject *parent = nullptr);

    QList<StoredFlow> flows() const;

    void showExecutions(const QList<Execution> &executions);
    void duplicate(const FlowId &id);
    void askToDelete(const FlowId &id);
    void rename(const FlowId &id, const QString &name);

Q_SIGNALS:
    void flowsChanged();
    void exportReady(const flow::FlowFile &file);
    void renameOpenRequested(const flow::FlowId &id,
                             const QString &name); ///< the flow is open: its document must change
    void said(const QString &text);

private:
    FlowService *service() const;
    void start(FlowService *service);
    void reload();
    void reloadSoon();
    void exportFlow(const FlowId &id);
    void remove(const FlowId &id, const QString &name);
    void forget(const FlowId &id);
    void tellLibrary(FlowDocument *document) const;

    ShellContext m_context;
    LibraryPanel *m_panel;
    QTimer m_reload; ///< gathers changes, so that a hundred saved flows are read once
    bool m_reading = false;
    std::optional<LibraryFlows> m_known; ///< as of the last reading; other programs may add to it
    QSet<FlowId> m_deleting; ///< by the person here
};

} // namespace flow
