// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/api_request.h"
#include "api/http_reply.h"
#include "base/json_reader.h"
#include "service/flow_service.h"

#include <functional>
#include <variant>

/// The bodies of requests that start and steer executions. No body means an empty one; whatever is wrong comes as a 400
/// that names each field.
namespace flow {

/// The fields of the body, or the reply that says what is wrong with them.
using ReadFields = std::function<void(JsonObjectReader &fields, QList<Error> *errors)>;
std::optional<HttpReply> readBody(const ApiRequest &request, const ReadFields &read);

/// `start_task`, `single_task`, `breakpoints`, `pause`.
StartOptions startOptions(JsonObjectReader &fields, QList<Error> *errors);
/// `step`, `forced`: {status, data, error}.
ContinueOptions continueOptions(JsonObjectReader &fields, QList<Error> *errors);
/// `from_task`, `newest_revision`, `breakpoints`, `pause`.
ResumeOptions resumeOptions(JsonObjectReader &fields, QList<Error> *errors);
QList<Breakpoint> breakpointsOf(JsonObjectReader &fields, QList<Error> *errors);
/// Whether the reply comes when the execution has ended or is paused, which it does unless `wait` says otherwise.
bool waits(JsonObjectReader &fields);

} // namespace flow
