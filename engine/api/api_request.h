// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QJsonValue>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace flow {

/// What a route works with: a copy of everything it needs, for any thread.
struct ApiRequest
{
    QByteArray method;
    QStringList arguments;        ///< what stands for `:name` in the route's path, decoded
    QMap<QString, QString> query; ///< decoded; of a repeated name the first counts
    QByteArray contentType;       ///< null when absent
    QByteArray body;

    /// A whole number of at least `least`; `otherwise` when absent or anything else, as in the reference.
    int number(const QString &name, int otherwise, int least = 1) const;
    bool flag(const QString &name) const; ///< `true`, in any case
};

/// Text out of percent-encoding; nothing when it is not well-formed UTF-8 or an escape is broken.
std::optional<QString> decodePercent(const QByteArray &encoded);
/// The items of a query string, a plus sign being a space; nothing when one is not well-formed.
std::optional<QMap<QString, QString>> decodeQuery(const QByteArray &query);

} // namespace flow
