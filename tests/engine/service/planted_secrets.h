// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

/// Twelve secrets of different shapes, and how to find out whether one has got somewhere.
namespace planted {

struct Secret
{
    QString name;
    QString value;
};

const QList<Secret> &secrets();

/// The secrets that some bytes hold, as `name (shape)`: as they are, as JSON, percent-encoded, in base64, their lines,
/// and pieces of the long ones, because a database spreads these over pages.
QStringList foundIn(const QByteArray &bytes);
/// The same for every file below a folder, as `file: name (shape)`, but for those of this name.
QStringList foundBelow(const QString &folder, const QString &butFor);

} // namespace planted
