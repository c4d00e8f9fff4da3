// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/timestamp.h"

#include <QTimeZone>

namespace flow {

using namespace std::chrono;

QString toIso(Timestamp time)
{
    const auto second = floor<seconds>(time);
    const QDateTime whole = QDateTime::fromSecsSinceEpoch(second.time_since_epoch().count(), Qt::UTC);
    return whole.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss")) +
           QStringLiteral(".%1").arg((time - second).count(), 6, 10, QLatin1Char('0'));
}

std::optional<Timestamp> timestampFromIso(const QString &text)
{
    QString rest = text;
    if (rest.endsWith(u'Z'))
        rest.chop(1);
    const QString fraction = rest.section(u'.', 1);
    QString whole = rest.section(u'.', 0, 0);
    if (whole.size() > 10 && whole.at(10) == u' ')
        whole[10] = u'T';

    QDateTime second = QDateTime::fromString(whole, QStringLiteral("yyyy-MM-ddTHH:mm:ss"));
    if (!second.isValid() || fraction.size() > 6 || (fraction.isEmpty() && rest.contains(u'.')))
        return std::nullopt;
    second.setTimeSpec(Qt::UTC);

    qint64 micros = 0;
    if (!fraction.isEmpty()) {
        bool isNumber = false;
        micros = fraction.leftJustified(6, u'0').toUInt(&isNumber);
        if (!isNumber)
            return std::nullopt;
    }
    return Timestamp(seconds(second.toSecsSinceEpoch()) + microseconds(micros));
}

QDateTime toDateTime(Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(floor<milliseconds>(time).time_since_epoch().count());
}

} // namespace flow
