// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/http_reply.h"
#include "base/error.h"

#include <QJsonValue>

namespace flow {

/// The reply to an Error of the service: the only place where codes become statuses.
HttpReply replyTo(const Error &error);
/// 400 with `Invalid request data` and the reference's details.
HttpReply invalidRequest(const QList<Error> &errors, const QJsonValue &body);

} // namespace flow
