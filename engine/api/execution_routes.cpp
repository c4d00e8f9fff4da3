// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/api_errors.h"
#include "api/json_shapes.h"
#include "api/request_body.h"
#include "api/routes.h"
#include "base/json_reader.h"
#include "service/flow_service.h"

#include <QJsonArray>

namespace flow {

namespace {

const QString dataKey = QStringLiteral("data");

/// The input context of an execute request; no body means an empty one.
std::variant<QJsonObject, HttpReply> inputOf(const ApiRequest &request)
{
    if (request.body.isEmpty())
        return QJsonObject();
    std::variant<QJsonObject, HttpReply> body = jsonBody(request);
    if (std::holds_alternative<HttpReply>(body))
        return body;
    const QJsonObject object = std::get<QJsonObject>(body);
    QList<Error> errors;
    JsonObjectReader fields(object, {}, &errors);
    const std::optional<QJsonObject> input = fields.optionalObject(QStringLiteral("input_context"));
    fields.finish();
    if (!errors.isEmpty())
        return invalidRequest(errors, object);
    return input.value_or(QJsonObject());
}

HttpReply completedReply(const ExecutionDetails &details)
{
    return {.body = {{QStringLiteral("message"), QStringLiteral("Flow execution completed")},
                     {dataKey, executionJson(details)}}};
}

ApiOutcome execute(FlowService &service, const ApiRequest &request)
{
    // The reference looks for the flow before it looks at the body.
    const QString id = request.arguments.first();
    if (const Result<StoredFlow> flow = service.flowSummary(id); !flow)
        return replyTo(flow.error());
    const std::variant<QJsonObject, HttpReply> input = inputOf(request);
    if (const HttpReply *reply = std::get_if<HttpReply>(&input))
        return *reply;
    const Result<ExecutionId> started = service.start(id, std::get<QJsonObject>(input));
    if (!started)
        return replyTo(started.error());
    return service.finished(*started).then(QtFuture::Launch::Sync, completedReply);
}

HttpReply listExecutions(FlowService &service, const ApiRequest &request)
{
    const PageNumbers numbers = pageNumbers(request);
    ExecutionQuery query{
        .flowId = request.query.value(QStringLiteral("flow_id")), .page = numbers.page, .perPage = numbers.perPage};
    const QString word = request.query.value(QStringLiteral("status"));
    if (!word.isEmpty()) {
        query.status = executionStatusFromString(word);
        if (!query.status)
            return errorReply(400, QStringLiteral("Invalid status: %1").arg(word));
    }
    const Result<Page<Execution>> page = service.executions(query);
    if (!page)
        return replyTo(page.error());
    QJsonArray data;
    for (const Execution &execution : page->items)
        data.append(executionJson(execution));
    return {.body = {{dataKey, data},
                     {QStringLiteral("pagination"), paginationJson(numbers.page, numbers.perPage, page->total)}}};
}

/// The id of the path; 0, which no execution has, when it is no number.
ExecutionId idOf(const ApiRequest &request)
{
    return request.arguments.first().toLongLong();
}

HttpReply notFound(const ApiRequest &request)
{
    return errorReply(404, QStringLiteral("Execution %1 not found").arg(request.arguments.first()));
}

HttpReply getExecution(FlowService &service, const ApiRequest &request)
{
    if (idOf(request) <= 0)
        return notFound(request);
    const bool withTasks = request.flag(QStringLiteral("include_tasks"));
    const Result<ExecutionDetails> details = service.execution(idOf(request), withTasks);
    if (!details)
        return replyTo(details.error());
    return {.body = {{dataKey, withTasks ? executionJson(*details) : executionJson(details->execution)}}};
}

HttpReply getLogs(FlowService &service, const ApiRequest &request)
{
    if (idOf(request) <= 0)
        return notFound(request);
    const Result<ExecutionDetails> details = service.execution(idOf(request), true);
    if (!details)
        return replyTo(details.error());
    const Result<QList<ExecutionEvent>> log = service.executionLog(idOf(request));
    if (!log)
        return replyTo(log.error());
    QJsonArray lines;
    for (const ExecutionEvent &event : *log) {
        if (const QJsonObject line = logJson(event); !line.isEmpty())
            lines.append(line);
    }
    QJsonObject data = executionJson(*details);
    data.insert(QStringLiteral("log"), lines);
    return {.body = {{dataKey, data}}};
}

HttpReply cancelExecution(FlowService &service, const ApiRequest &request)
{
    if (idOf(request) <= 0)
        return notFound(request);
    const Result<void> cancelled = service.cancel(idOf(request));
    if (!cancelled)
        return replyTo(cancelled.error());
    return {
        .body = {{QStringLiteral("message"), QStringLiteral("Execution %1 is being cancelled").arg(idOf(request))}}};
}

} // namespace

void addExecutionRoutes(Router &router, FlowService &service)
{
    const auto add = [&](const char *method, const char *path, HttpReply (*handle)(FlowService &, const ApiRequest &),
                         Router::Turn turn = Router::Turn::Waits) {
        router.add(
            method, path,
            [&service, handle](const ApiRequest &request) -> ApiOutcome { return handle(service, request); }, turn);
    };
    router.add("POST", "/api/tasks/flows/:id/execute",
               [&service](const ApiRequest &request) { return execute(service, request); });
    add("GET", "/api/executions", listExecutions);
    add("GET", "/api/executions/:id", getExecution);
    add("GET", "/api/executions/:id/logs", getLogs);
    add("POST", "/api/executions/:id/cancel", cancelExecution, Router::Turn::Overtakes);
}

} // namespace flow
