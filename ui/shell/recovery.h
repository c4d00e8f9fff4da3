// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "document/flow_document.h"

#include <QHash>
#include <QLockFile>
#include <QObject>
#include <QSet>
#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <memory>

namespace flow {

class FlowTab;

/// A flow that a program which died had not saved.
struct RecoveredFlow
{
    FlowFile file;
    DocumentHome home;
    QString copy; ///< the file it was read from
    bool operator==(const RecoveredFlow &) const = default;
};

/// What dead programs left behind.
struct RecoveryFinds
{
    QList<RecoveredFlow> flows;
    QStringList unreadable; ///< copies that cannot be read, under the names that they were given so that they stay
};

/// Keeps a copy of each open flow with unsaved changes in `recovery/` of the data folder, a moment after each change,
/// and finds the copies that a program which died has left behind. Each running program has a folder of its own with a
/// lock in it. A copy that cannot be written is tried again with the next change of any flow. GUI thread; writing
/// happens on another.
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
    /// Writes what is due and calls back: whether every flow with unsaved changes has its copy now.
    void writeNow(QObject *context, std::function<void(bool allWritten)> then);

    /// Puts aside what cannot be read. Any thread.
    static RecoveryFinds leftBehind(const QString &dataDir);
    /// Removes exactly these copies; any thread.
    static void forget(const QList<RecoveredFlow> &flows);

Q_SIGNALS:
    /// Said once, and again only after all was well in between.
    void failed(const flow::Error &error);

private:
    Result<void> prepareFolder();
    void writeDue();
    void noteResult(int number, const Result<void> &written);
    void remove(const FlowTab *tab);
    int numberOf(const FlowTab *tab) const;
    QString pathOf(const FlowTab *tab) const;

    QString m_root;
    QString m_folder; ///< of this program; made at the first copy
    std::unique_ptr<QLockFile> m_lock;
    QHash<FlowTab *, int> m_tabs; ///< with the number of the copy
    QSet<FlowTab *> m_due;
    QSet<int> m_unwritten; ///< numbers of copies whose last writing failed
    int m_lastNumber = 0;
    QTimer m_delay;
    QThreadPool m_writer; ///< one thread: copies are written and removed in order
};

} // namespace flow
