// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulated_disk.h"

#include <algorithm>
#include <cstring>

namespace flow::test {

namespace {

constexpr qint64 sectorBytes = 512;

bool coin(std::mt19937 &random)
{
    return random() % 2 == 0;
}

void put(QByteArray &content, qint64 position, const char *data, qint64 size)
{
    if (content.size() < position + size)
        content.append(position + size - content.size(), '\0');
    std::memcpy(content.data() + position, data, size_t(size));
}

} // namespace

void SimulatedDisk::apply(const DiskEvent &event)
{
    File &file = m_files[event.file];
    switch (event.kind) {
    case DiskEvent::Kind::Found:
        file = {.synced = event.data, .nameSynced = true};
        break;
    case DiskEvent::Kind::Created:
        file = {};
        break;
    case DiskEvent::Kind::Written:
        file.unsynced.append({.position = event.position, .data = event.data});
        break;
    case DiskEvent::Kind::Truncated:
        file.unsynced.append({.cuts = true, .position = event.position});
        break;
    case DiskEvent::Kind::Synced:
        for (const Change &change : std::as_const(file.unsynced))
            make(change, file.synced);
        file.unsynced.clear();
        break;
    case DiskEvent::Kind::Removed:
        file.removed = true;
        break;
    case DiskEvent::Kind::FolderSynced:
        m_files.removeIf([](const auto &entry) { return entry->removed; });
        for (File &other : m_files)
            other.nameSynced = true;
        break;
    case DiskEvent::Kind::Mark:
        break;
    }
}

void SimulatedDisk::make(const Change &change, QByteArray &content)
{
    if (change.cuts)
        content.resize(change.position);
    else
        put(content, change.position, change.data.constData(), change.data.size());
}

/// Each sector on its own.
void SimulatedDisk::makeTorn(const Change &change, QByteArray &content, std::mt19937 &random)
{
    if (change.cuts) {
        if (coin(random))
            make(change, content);
        return;
    }
    for (qint64 from = 0; from < change.data.size();) {
        const qint64 toSectorEnd = sectorBytes - (change.position + from) % sectorBytes;
        const qint64 size = std::min(toSectorEnd, change.data.size() - from);
        if (coin(random))
            put(content, change.position + from, change.data.constData() + from, size);
        from += size;
    }
}

QByteArray SimulatedDisk::surviving(const File &file, std::mt19937 &random)
{
    enum How { Nothing, All, First, FirstAndOneTorn, Some, SomeTorn, Hows };
    QByteArray content = file.synced;
    const How how = How(random() % Hows);
    const qsizetype first = file.unsynced.isEmpty() ? 0 : qsizetype(random() % size_t(file.unsynced.size()));
    for (qsizetype i = 0; i < file.unsynced.size(); ++i) {
        const Change &change = file.unsynced[i];
        const bool isFirst = (how == First || how == FirstAndOneTorn) && i < first;
        if (how == All || isFirst || (how == Some && coin(random)))
            make(change, content);
        else if (how == SomeTorn || (how == FirstAndOneTorn && i == first))
            makeTorn(change, content, random);
    }
    return content;
}

QMap<QString, QByteArray> SimulatedDisk::afterPowerCut(std::mt19937 &random) const
{
    QMap<QString, QByteArray> found;
    for (auto file = m_files.begin(); file != m_files.end(); ++file) {
        const bool isUncertain = file->removed || !file->nameSynced;
        if (file.key().isEmpty() || (isUncertain && (coin(random) || (file->removed && !file->nameSynced))))
            continue;
        found.insert(file.key(), surviving(*file, random));
    }
    return found;
}

} // namespace flow::test
