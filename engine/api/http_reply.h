// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QPair>
#include <QString>

namespace flow {

/// What the server answers: a status and a JSON object. A plain value.
struct HttpReply
{
    int status = 200;
    QJsonObject body;
    QList<QPair<QByteArray, QByteArray>> headers; ///< on top of the ones every reply has
};

/// `{"error": <name of the status>, "message": ...[, "details": ...]}`.
HttpReply errorReply(int status, const QString &message, const QJsonValue &details = QJsonValue::Undefined);

/// The reply as it goes over the wire; the only place that writes HTTP. `withoutBody` answers a HEAD.
QByteArray toBytes(const HttpReply &reply, bool withoutBody, bool close);

} // namespace flow
