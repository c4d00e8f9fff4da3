// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/api_request.h"
#include "api/http_reply.h"

#include <QJsonObject>

#include <variant>

namespace flow {

/// The JSON object of a request, or the reply that says what is wrong with it: 415 without a JSON content type, 400 for
/// an empty or malformed body and for anything that is no object.
std::variant<QJsonObject, HttpReply> jsonBody(const ApiRequest &request);

} // namespace flow
