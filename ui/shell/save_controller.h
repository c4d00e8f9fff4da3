// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "base/timestamp.h"
#include "document/flow_document.h"
#include "model/stored_flow.h"
#include "shell/shell_context.h"

#include <QObject>
#include <QSet>

#include <functional>

namespace flow {

class FlowTab;

/// Saves documents to their home, the library or a file, and writes copies. Writing happens on other threads. GUI
/// thread.
class SaveController : public QObject
{
    Q_OBJECT

public:
    using Done = std::function<void(bool saved)>;

    explicit SaveController(const ShellContext &context, QObject *parent = nullptr);

    /// To its home; one without a home goes to the library under a name that is asked for. `done` is always called.
    void save(FlowTab *tab, Done done = {});
    void saveAs(FlowTab *tab, Done done = {});
    bool isSaving(const FlowTab *tab) const { return m_saving.contains(tab); } ///< to the library
    void exportCopy(const FlowFile &file);
    void exportForReference(const FlowFile &file);

Q_SIGNALS:
    void saved(flow::FlowTab *tab);
    void fileWritten(const QString &path);
    void said(const QString &text);

private:
    void toLibrary(FlowTab *tab, const Done &done);
    void toLibrary(FlowTab *tab, const FlowFile &file, int basedOn, const Done &done);
    void askAboutOther(FlowTab *tab, int basedOn, const StoredFlow &other, const Done &done);
    void toFile(FlowTab *tab, const QString &path, const Done &done);
    void finish(FlowTab *tab, const FlowFile &written, const DocumentHome &home, const Done &done);
    bool refuseUnfinished(FlowTab *tab, const Done &done);
    bool refuseUnreadable(FlowTab *tab, const Done &done);
    void askName(FlowTab *tab, const Done &done);
    void choosePath(const QString &title, const QString &name, std::function<void(const QString &)> then,
                    std::function<void()> cancelled = {});

    ShellContext m_context;
    QSet<const FlowTab *> m_saving;
};

} // namespace flow
