// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/flow_document.h"

#include <QHash>
#include <QLockFile>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <memory>

namespace flow {

class FlowTab;

/// A flow that a program which died had not saved.
struct RecoveredFlow
{
    FlowFile file;
    DocumentHome home;
    bool operator==(const RecoveredFlow &) const = default;
};

/// Keeps a copy of each open flow with unsaved changes in `recovery/` of the data folder, a moment after each change,
/// and finds the copies that a program which died has left behind. Each running program has a folder of its own with a
/// lock in it. GUI thread; writing happens on another.
class Recovery : public QObject
{
    Q_OBJECT

public:
    explicit Recovery(const QString &dataDir, QObject *parent = nullptr);
    ~Recovery() override; ///< an orderly end: takes its copies away

    /// Keeps copies of this tab's flow from now on.
    void follow(FlowTab *tab);
    /// Waits until what is due is on the disk.
    void flush();

    /// What dead programs left behind; any thread.
    static QList<RecoveredFlow> leftBehind(const QString &dataDir);
    static void forgetLeftBehind(const QString &dataDir);

private:
    bool prepareFolder();
    void writeDue();
    void remove(const FlowTab *tab);
    QString pathOf(const FlowTab *tab) const;

    QString m_root;
    QString m_folder; ///< of this program; made at the first copy
    std::unique_ptr<QLockFile> m_lock;
    QHash<FlowTab *, int> m_tabs; ///< with the number of the copy
    QSet<FlowTab *> m_due;
    int m_lastNumber = 0;
    QTimer m_delay;
    QThreadPool m_writer; ///< one thread: copies are written and removed in order
};

} // namespace flow
