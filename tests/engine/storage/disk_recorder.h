// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fault_vfs.h"

#include <QList>
#include <QSet>

#include <mutex>

namespace flow::test {

/// One thing that happened to a file, or a mark of the test between them.
struct DiskEvent
{
    enum class Kind { Found, Created, Written, Truncated, Synced, Removed, FolderSynced, Mark };

    Kind kind = Kind::Mark;
    QString file = {};
    qint64 position = 0;  ///< offset of what was written, size after cutting, number of the mark
    QByteArray data = {}; ///< what was written; what was in the file that was found
};

/// Writes down all that happens to the files, in order, together with marks. Any thread.
class DiskRecorder : public FileWatcher
{
public:
    /// Returns how many events lie before it.
    qsizetype mark(int number);
    /// Once nothing happens any more.
    const QList<DiskEvent> &events() const { return m_events; }

    void opened(const QString &file, bool created) override;
    void written(const QString &file, qint64 offset, const QByteArray &data) override;
    void truncated(const QString &file, qint64 size) override;
    void synced(const QString &file) override;
    void removed(const QString &file) override;
    void folderSynced(const QString &file) override;

private:
    void add(const DiskEvent &event);

    std::mutex m_mutex;
    QSet<QString> m_known;
    QList<DiskEvent> m_events;
};

} // namespace flow::test
