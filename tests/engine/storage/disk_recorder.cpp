// SPDX-License-Identifier: GPL-3.0-or-later
#include "disk_recorder.h"

#include <QFile>

namespace flow::test {

void DiskRecorder::add(const DiskEvent &event)
{
    const std::lock_guard lock(m_mutex);
    m_events.append(event);
}

qsizetype DiskRecorder::mark(int number)
{
    const std::lock_guard lock(m_mutex);
    m_events.append({.kind = DiskEvent::Kind::Mark, .position = number});
    return m_events.size() - 1;
}

void DiskRecorder::opened(const QString &file, bool created)
{
    const std::lock_guard lock(m_mutex);
    if (created) {
        m_events.append({.kind = DiskEvent::Kind::Created, .file = file});
    } else if (!m_known.contains(file)) {
        QFile content(file);
        if (content.open(QIODevice::ReadOnly))
            m_events.append({.kind = DiskEvent::Kind::Found, .file = file, .data = content.readAll()});
    }
    m_known.insert(file);
}

void DiskRecorder::written(const QString &file, qint64 offset, const QByteArray &data)
{
    add({.kind = DiskEvent::Kind::Written, .file = file, .position = offset, .data = data});
}

void DiskRecorder::truncated(const QString &file, qint64 size)
{
    add({.kind = DiskEvent::Kind::Truncated, .file = file, .position = size});
}

void DiskRecorder::synced(const QString &file)
{
    add({.kind = DiskEvent::Kind::Synced, .file = file});
}

void DiskRecorder::removed(const QString &file)
{
    add({.kind = DiskEvent::Kind::Removed, .file = file});
}

void DiskRecorder::folderSynced(const QString &file)
{
    add({.kind = DiskEvent::Kind::FolderSynced, .file = file});
}

} // namespace flow::test
