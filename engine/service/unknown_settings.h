// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

/// Names that stand where settings do and are none: they have no effect, which nobody would notice. One line for each,
/// which names the file, the name and, where there is one like it, what was probably meant; never a value.
namespace flow {

/// In the settings file, which is ours alone: any name that we do not know. `names` are `group/name`.
QStringList unknownSettings(const QStringList &names, const QString &file);
/// In a `.env` file, which other programs read as well: what begins as our names do, or is one letter away from one.
QStringList unknownVariables(const QStringList &names, const QString &file);

} // namespace flow
