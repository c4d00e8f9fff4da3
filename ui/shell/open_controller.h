// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/flow_document.h"
#include "model/stored_flow.h"
#include "shell/shell_context.h"
#include "shell/slow_reads.h"

#include <QObject>

#include <memory>

namespace flow {

class FlowTab;

/// Opens flows in tabs: new ones, from files, from the library, the example, and files into the library. Reads on other
/// threads; what cannot be read is listed with all its problems. GUI thread.
class OpenController : public QObject
{
    Q_OBJECT

public:
    explicit OpenController(const ShellContext &context, QObject *parent = nullptr);

    FlowTab *newFlow();
    void chooseFiles();
    void openFile(const QString &path);
    void openFromLibrary(const FlowId &id);
    void openExample(); ///< a copy that belongs to nobody yet
    void chooseImport();
    void importFile(const QString &path);
    SlowReads *reads() { return &m_reads; }
    /// A tab for what was read elsewhere; unsaved if `modified`.
    FlowTab *show(const FlowFile &file, const DocumentHome &home, bool modified = false);

Q_SIGNALS:
    void fileOpened(const QString &path);
    void fileMissing(const QString &path);
    void said(const QString &text); ///< for the status bar

private:
    void read(const QString &path, std::function<void(const FlowFile &)> then);
    void importInto(const FlowFile &file, bool replace);
    void askAboutKnown(const FlowFile &file, const QString &knownName);
    QString freeName() const;

    ShellContext m_context;
    SlowReads m_reads; ///< by id or path, so that a double click opens one tab
};

} // namespace flow
