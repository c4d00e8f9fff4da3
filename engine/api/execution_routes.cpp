// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/api_errors.h"
#include "api/control_body.h"
#include "api/execution_replies.h"
#include "api/json_shapes.h"
#include "api/routes.h"

#include <QJsonArray>

namespace flow {

namespace {

const QString dataKey = QStringLiteral("data");

ApiOutcome execute(FlowService &service, const ApiRequest &request)
{
    // The reference looks for the flow before it looks at the body.
    const QString id = request.arguments.first();
    if (const Result<StoredFlow> flow = service.flowSummary(id); !flow)
        return replyTo(flow.error());
    QJsonObject input;
    StartOptions options;
    bool replyWaits = true;
    if (const auto wrong = readBody(request, [&](JsonObjectReader &fields, QList<Error> *errors) {
            input = fields.optionalObject(QStringLiteral("input_context")).value_or(QJsonObject());
            options = startOptions(fields, errors);
            replyWaits = waits(fields);
        }))
        return *wrong;
    const Result<ExecutionId> started = service.start(id, input, options);
    if (!started)
        return replyTo(started.error());
    return runReply(service, *started, replyWaits);
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
    query.topLevel = request.flag(QStringLiteral("top_level"));
    if (const QString parent = request.query.value(QStringLiteral("parent")); !parent.isEmpty()) {
        query.parent = parent.toLongLong();
        if (*query.parent <= 0)
            return errorReply(400, QStringLiteral("Invalid parent: %1").arg(parent));
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

HttpReply getExecution(FlowService &service, const ApiRequest &request)
{
    if (executionIdOf(request) <= 0)
        return executionNotFound(request);
    const bool withTasks = request.flag(QStringLiteral("include_tasks"));
    const Result<ExecutionDetails> details = service.execution(executionIdOf(request), withTasks);
    if (!details)
        return replyTo(details.error());
    return {.body = {{dataKey, withTasks ? executionJson(*details) : executionJson(details->execution)}}};
}

HttpReply getLogs(FlowService &service, const ApiRequest &request)
{
    if (executionIdOf(request) <= 0)
        return executionNotFound(request);
    const Result<ExecutionDetails> details = service.execution(executionIdOf(request), true);
    if (!details)
        return replyTo(details.error());
    const Result<QList<ExecutionEvent>> log = service.executionLog(executionIdOf(request));
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
    if (executionIdOf(request) <= 0)
        return executionNotFound(request);
    const Result<void> cancelled = service.cancel(executionIdOf(request));
    if (!cancelled)
        return replyTo(cancelled.error());
    return {.body = {{QStringLiteral("message"),
                      QStringLiteral("Execution %1 is being cancelled").arg(executionIdOf(request))}}};
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
