// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/file_names.h"

namespace flow {

QString fileNameFor(const QString &flowName, const QString &ending)
{
    static const QString forbidden = QStringLiteral("/\\:*?\"<>|");
    QString name;
    for (const QChar c : flowName.left(80))
        name += c.unicode() < 0x20 || forbidden.contains(c) ? QChar(u'-') : c;
    name = name.trimmed();
    while (name.startsWith(u'.')) // would be hidden
        name.remove(0, 1);
    return (name.isEmpty() ? QStringLiteral("flow") : name) + ending;
}

} // namespace flow
