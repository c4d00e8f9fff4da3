// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/routes.h"

#include "api/api_errors.h"
#include "api/json_shapes.h"
#include "service/flow_service.h"

#include <QCoreApplication>

namespace flow {

PageNumbers pageNumbers(const ApiRequest &request)
{
    return {request.number(QStringLiteral("page"), 1), std::min(request.number(QStringLiteral("per_page"), 20), 100)};
}

void addTaskRoutes(Router &router, FlowService &service)
{
    router.add("GET", "/api/tasks", [&service](const ApiRequest &) -> ApiOutcome {
        QJsonObject types;
        for (const TaskType &type : service.taskTypes())
            types.insert(type.name, type.description);
        return HttpReply{.body = {{QStringLiteral("data"), types}, {QStringLiteral("count"), types.size()}}};
    });
    router.add("GET", "/api/tasks/:name", [&service](const ApiRequest &request) -> ApiOutcome {
        const QString name = request.arguments.first();
        const auto type = service.taskTypes().constFind(name);
        if (type == service.taskTypes().constEnd())
            return errorReply(404, QStringLiteral("Task '%1' not found").arg(name));
        return HttpReply{.body = {{QStringLiteral("data"), taskTypeJson(*type)}}};
    });
}

Router apiRoutes(FlowService &service)
{
    Router router;
    addFlowRoutes(router, service);
    addExecutionRoutes(router, service);
    addControlRoutes(router, service);
    addTaskRoutes(router, service);
    router.add("GET", "/api/health", [&service](const ApiRequest &) -> ApiOutcome {
        return HttpReply{.body = {{QStringLiteral("status"), QStringLiteral("ok")},
                                  {QStringLiteral("version"), QCoreApplication::applicationVersion()},
                                  {QStringLiteral("running_executions"), service.runningExecutions()}}};
    });
    return router;
}

} // namespace flow
