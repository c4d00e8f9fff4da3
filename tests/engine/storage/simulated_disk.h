// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "disk_recorder.h"

#include <QMap>

#include <random>

namespace flow::test {

/// A disk that keeps writes in memory until it is told to sync, and in no order of its own. All files are in one
/// folder. A value.
class SimulatedDisk
{
public:
    void apply(const DiskEvent &event);

    /// What may be found when the power goes now, by name: what was synced, and of the rest whatever chance kept, down
    /// to single sectors of 512 bytes.
    QMap<QString, QByteArray> afterPowerCut(std::mt19937 &random) const;

private:
    struct Change
    {
        bool cuts = false;
        qint64 position = 0; ///< of the data; the size after cutting
        QByteArray data = {};
    };
    struct File
    {
        QByteArray synced = {};
        QList<Change> unsynced = {};
        bool nameSynced = false;
        bool removed = false; ///< the folder on the disk still has it
    };

    static void make(const Change &change, QByteArray &content);
    static void makeTorn(const Change &change, QByteArray &content, std::mt19937 &random);
    static QByteArray surviving(const File &file, std::mt19937 &random);

    QMap<QString, File> m_files;
};

} // namespace flow::test
