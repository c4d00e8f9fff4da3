// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"

#include <QStringList>

namespace flow {

QString Error::text() const
{
    QString place = file;
    if (line > 0)
        place += file.isEmpty() ? QStringLiteral("line %1").arg(line) : QStringLiteral(":%1").arg(line);

    QString field = path.toString();
    if (!value.isNull())
        field += field.isEmpty() ? value : QStringLiteral(" = ") + value;

    QStringList parts;
    for (const QString &part : {place, field, reason}) {
        if (!part.isEmpty())
            parts << part;
    }
    return parts.join(QStringLiteral(": "));
}

QString text(const QList<Error> &errors)
{
    QStringList lines;
    for (const Error &error : errors)
        lines << error.text();
    return lines.join(u'\n');
}

} // namespace flow
