// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/control_body.h"

#include "api/api_errors.h"
#include "api/request_body.h"
#include "model/flow_limits.h"

namespace flow {

namespace {

const QString forcedKey = QStringLiteral("forced");
const QString statusKey = QStringLiteral("status");
const QString breakpointsKey = QStringLiteral("breakpoints");
constexpr int longestName = 100;
constexpr int longestError = 100'000;
constexpr int mostBreakpoints = 1000;

/// What the next task is to come to.
std::optional<TaskResult> forcedResult(JsonObjectReader &fields, QList<Error> *errors)
{
    const std::optional<QJsonObject> object = fields.optionalObject(forcedKey);
    if (!object)
        return std::nullopt;
    JsonObjectReader forced(*object, fields.pathOf(forcedKey), errors);
    const QString word = forced.requiredText(statusKey, 1, longestName);
    const std::optional<TaskStatus> status = taskStatusFromString(word);
    const bool isOutcome = status == TaskStatus::Success || status == TaskStatus::Failure;
    if (!isOutcome && !word.isEmpty())
        forced.report(statusKey, ErrorCode::OutOfRange, QStringLiteral("Must be one of: success, failure."));
    const QJsonValue data = forced.any(QStringLiteral("data"));
    const QString error = forced.optionalText(QStringLiteral("error"), 0, longestError);
    forced.finish();
    return status == TaskStatus::Failure ? TaskResult::failure(error, data) : TaskResult::success(data);
}

} // namespace

std::optional<HttpReply> readBody(const ApiRequest &request, const ReadFields &read)
{
    QJsonObject object;
    if (!request.body.isEmpty()) {
        std::variant<QJsonObject, HttpReply> body = jsonBody(request);
        if (const HttpReply *reply = std::get_if<HttpReply>(&body))
            return *reply;
        object = std::get<QJsonObject>(std::move(body));
    }
    QList<Error> errors;
    JsonObjectReader fields(object, {}, &errors);
    read(fields, &errors);
    fields.finish();
    if (!errors.isEmpty())
        return invalidRequest(errors, object);
    return std::nullopt;
}

QList<Breakpoint> breakpointsOf(JsonObjectReader &fields, QList<Error> *errors)
{
    const std::optional<QJsonArray> list = fields.optionalList(breakpointsKey, 0, mostBreakpoints);
    if (!list)
        return {};
    Result<QList<Breakpoint>> breakpoints = breakpointsFromJson(*list, fields.pathOf(breakpointsKey));
    if (breakpoints)
        return *std::move(breakpoints);
    addError(errors, breakpoints.error());
    return {};
}

StartOptions startOptions(JsonObjectReader &fields, QList<Error> *errors)
{
    StartOptions options;
    options.startTask = fields.optionalText(QStringLiteral("start_task"), 1, longestName);
    options.singleTask = fields.optionalBool(QStringLiteral("single_task")).value_or(false);
    options.breakpoints = breakpointsOf(fields, errors);
    options.pause = fields.optionalBool(QStringLiteral("pause")).value_or(false);
    return options;
}

ContinueOptions continueOptions(JsonObjectReader &fields, QList<Error> *errors)
{
    ContinueOptions options;
    options.step = fields.optionalBool(QStringLiteral("step")).value_or(false);
    options.forced = forcedResult(fields, errors);
    return options;
}

ResumeOptions resumeOptions(JsonObjectReader &fields, QList<Error> *errors)
{
    ResumeOptions options;
    options.fromTask = fields.optionalText(QStringLiteral("from_task"), 1, longestName);
    options.newestRevision = fields.optionalBool(QStringLiteral("newest_revision")).value_or(false);
    options.breakpoints = breakpointsOf(fields, errors);
    options.pause = fields.optionalBool(QStringLiteral("pause")).value_or(false);
    return options;
}

bool waits(JsonObjectReader &fields)
{
    return fields.optionalBool(QStringLiteral("wait")).value_or(true);
}

} // namespace flow
