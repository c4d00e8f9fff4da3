// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/api_errors.h"

#include "api/validation_details.h"

#include <QJsonArray>

namespace flow {

namespace {

HttpReply validationReply(const QString &message, const QJsonValue &details)
{
    HttpReply reply = errorReply(400, message, details);
    reply.body.insert(QStringLiteral("error"), QStringLiteral("Validation Error"));
    return reply;
}

} // namespace

HttpReply replyTo(const Error &error)
{
    switch (error.code) {
    case ErrorCode::NotFound:
        return errorReply(404, error.reason);
    case ErrorCode::Conflict:
        return errorReply(409, error.reason);
    case ErrorCode::NotAllowed:
        return errorReply(400, error.reason);
    case ErrorCode::Unauthorized:
        return errorReply(401, error.reason);
    case ErrorCode::TooLarge:
        return errorReply(413, error.reason);
    case ErrorCode::Full:
        return errorReply(507, error.text());
    case ErrorCode::InvalidFlow:
        return validationReply(QStringLiteral("Flow validation failed"),
                               QJsonArray::fromStringList(error.reason.split(u'\n')));
    case ErrorCode::Io:
    case ErrorCode::Corrupt:
    case ErrorCode::NewerSchema:
    case ErrorCode::Cancelled:
    case ErrorCode::Internal:
        return errorReply(500, error.text());
    default:
        return errorReply(400, error.text());
    }
}

HttpReply invalidRequest(const QList<Error> &errors, const QJsonValue &body)
{
    return validationReply(QStringLiteral("Invalid request data"), validationDetails(errors, body));
}

} // namespace flow
