// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/request_body.h"

#include "api/api_errors.h"
#include "base/json.h"

namespace flow {

namespace {

bool isJson(const QByteArray &contentType)
{
    const QByteArray type = contentType.split(';').first().trimmed().toLower();
    return type == "application/json" || (type.startsWith("application/") && type.endsWith("+json"));
}

} // namespace

std::variant<QJsonObject, HttpReply> jsonBody(const ApiRequest &request)
{
    if (request.body.isEmpty())
        return errorReply(400, QStringLiteral("The request has no body; send a JSON object"));
    if (!isJson(request.contentType))
        return errorReply(415, QStringLiteral("Send JSON, with the header Content-Type: application/json"));
    const json::Parsed parsed = json::parse(request.body);
    if (!parsed.errors.isEmpty())
        return errorReply(400, parsed.errors.first().text());
    if (!parsed.value.isObject())
        return invalidRequest({Error{.code = ErrorCode::NotAnObject}}, parsed.value);
    return parsed.value.toObject();
}

} // namespace flow
