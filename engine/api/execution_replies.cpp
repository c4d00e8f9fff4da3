// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/execution_replies.h"

#include "api/json_shapes.h"

namespace flow {

namespace {

HttpReply endedReply(const ExecutionDetails &details)
{
    const bool isPaused = details.execution.status == ExecutionStatus::Paused;
    return {.body = {{QStringLiteral("message"),
                      isPaused ? QStringLiteral("Flow execution paused") : QStringLiteral("Flow execution completed")},
                     {QStringLiteral("data"), executionJson(details)}}};
}

} // namespace

ExecutionId executionIdOf(const ApiRequest &request)
{
    return request.arguments.first().toLongLong();
}

HttpReply executionNotFound(const ApiRequest &request)
{
    return errorReply(404, QStringLiteral("Execution %1 not found").arg(request.arguments.first()));
}

ApiOutcome runReply(FlowService &service, ExecutionId id, bool waits)
{
    if (waits)
        return service.finished(id).then(QtFuture::Launch::Sync, endedReply);
    return HttpReply{.status = 202,
                     .body = {{QStringLiteral("message"), QStringLiteral("Flow execution started")},
                              {QStringLiteral("data"), QJsonObject{{QStringLiteral("id"), id}}}}};
}

} // namespace flow
