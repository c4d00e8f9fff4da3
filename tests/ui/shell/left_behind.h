// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QDirIterator>
#include <QFile>

namespace flow::test {

/// What a program that dies now would leave: a copy of its data folder, in which no lock is held.
inline bool copyLeftBehind(const QString &from, const QString &to)
{
    QDirIterator files(from, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString copy = to + files.next().mid(from.size());
        if (!QDir().mkpath(QFileInfo(copy).path()) || !QFile::copy(files.filePath(), copy))
            return false;
    }
    return true;
}

} // namespace flow::test
