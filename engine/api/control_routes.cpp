// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/api_errors.h"
#include "api/control_body.h"
#include "api/execution_replies.h"
#include "api/json_shapes.h"
#include "api/routes.h"

#include <QJsonArray>

namespace flow {

namespace {

HttpReply message(const QString &text)
{
    return {.body = {{QStringLiteral("message"), text}}};
}

HttpReply messageOr(const Result<void> &done, const QString &text)
{
    return done ? message(text) : replyTo(done.error());
}

ApiOutcome pauseExecution(FlowService &service, ExecutionId id, const ApiRequest &)
{
    return messageOr(service.pause(id), QStringLiteral("Execution %1 pauses before its next task").arg(id));
}

ApiOutcome goOn(FlowService &service, ExecutionId id, const ApiRequest &request, bool step)
{
    ContinueOptions options;
    bool replyWaits = true;
    if (const auto wrong = readBody(request, [&](JsonObjectReader &fields, QList<Error> *errors) {
            options = continueOptions(fields, errors);
            replyWaits = waits(fields);
        }))
        return *wrong;
    options.step = options.step || step;
    if (const Result<void> done = service.continueExecution(id, options); !done)
        return replyTo(done.error());
    return runReply(service, id, replyWaits);
}

ApiOutcome continueExecution(FlowService &service, ExecutionId id, const ApiRequest &request)
{
    return goOn(service, id, request, false);
}

ApiOutcome stepExecution(FlowService &service, ExecutionId id, const ApiRequest &request)
{
    return goOn(service, id, request, true);
}

ApiOutcome resumeExecution(FlowService &service, ExecutionId id, const ApiRequest &request)
{
    ResumeOptions options;
    bool replyWaits = true;
    if (const auto wrong = readBody(request, [&](JsonObjectReader &fields, QList<Error> *errors) {
            options = resumeOptions(fields, errors);
            replyWaits = waits(fields);
        }))
        return *wrong;
    const Result<ExecutionId> resumed = service.resume(id, options);
    if (!resumed)
        return replyTo(resumed.error());
    return runReply(service, *resumed, replyWaits);
}

ApiOutcome getContext(FlowService &service, ExecutionId id, const ApiRequest &)
{
    const Result<QJsonObject> context = service.executionContext(id);
    if (!context)
        return replyTo(context.error());
    return HttpReply{.body = {{QStringLiteral("data"), *context}}};
}

ApiOutcome patchContext(FlowService &service, ExecutionId id, const ApiRequest &request)
{
    QJsonObject set;
    QStringList removed;
    if (const auto wrong = readBody(request, [&](JsonObjectReader &fields, QList<Error> *errors) {
            set = fields.optionalObject(QStringLiteral("set")).value_or(QJsonObject());
            const QString key = QStringLiteral("remove");
            const QJsonArray names = fields.optionalList(key, 0, 10'000).value_or(QJsonArray());
            for (qsizetype i = 0; i < names.size(); ++i) {
                if (names[i].isString())
                    removed.append(names[i].toString());
                else
                    addError(errors, {.code = ErrorCode::NotAString,
                                      .reason = QStringLiteral("must be a text"),
                                      .path = fields.pathOf(key) / i});
            }
        }))
        return *wrong;
    if (const Result<void> done = service.editContext(id, set, removed); !done)
        return replyTo(done.error());
    return getContext(service, id, request);
}

ApiOutcome getBreakpoints(FlowService &service, ExecutionId id, const ApiRequest &)
{
    const Result<QList<Breakpoint>> breakpoints = service.breakpoints(id);
    if (!breakpoints)
        return replyTo(breakpoints.error());
    return HttpReply{.body = {{QStringLiteral("data"), toJson(*breakpoints)}}};
}

ApiOutcome putBreakpoints(FlowService &service, ExecutionId id, const ApiRequest &request)
{
    QList<Breakpoint> breakpoints;
    if (const auto wrong = readBody(request, [&](JsonObjectReader &fields, QList<Error> *errors) {
            breakpoints = breakpointsOf(fields, errors);
        }))
        return *wrong;
    if (const Result<void> done = service.setBreakpoints(id, breakpoints); !done)
        return replyTo(done.error());
    return getBreakpoints(service, id, request);
}

ApiOutcome pin(FlowService &service, ExecutionId id, const ApiRequest &)
{
    return messageOr(service.setPinned(id, true), QStringLiteral("Execution %1 is kept").arg(id));
}

ApiOutcome unpin(FlowService &service, ExecutionId id, const ApiRequest &)
{
    return messageOr(service.setPinned(id, false),
                     QStringLiteral("Execution %1 is kept no longer than others").arg(id));
}

} // namespace

void addControlRoutes(Router &router, FlowService &service)
{
    using Handle = ApiOutcome (*)(FlowService &, ExecutionId, const ApiRequest &);
    const auto add = [&](const char *method, const char *path, Handle handle, Router::Turn turn = Router::Turn::Waits) {
        router.add(
            method, QByteArray("/api/executions/:id/") + path,
            [&service, handle](const ApiRequest &request) -> ApiOutcome {
                const ExecutionId id = executionIdOf(request);
                return id > 0 ? handle(service, id, request) : executionNotFound(request);
            },
            turn);
    };
    add("POST", "pause", pauseExecution, Router::Turn::Overtakes);
    add("POST", "continue", continueExecution);
    add("POST", "step", stepExecution);
    add("POST", "resume", resumeExecution);
    add("GET", "context", getContext);
    add("PATCH", "context", patchContext);
    add("GET", "breakpoints", getBreakpoints);
    add("PUT", "breakpoints", putBreakpoints);
    add("PUT", "pin", pin);
    add("DELETE", "pin", unpin);
}

} // namespace flow
