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
const QString messageKey = QStringLiteral("message");

HttpReply listFlows(FlowService &service, const ApiRequest &request)
{
    const PageNumbers numbers = pageNumbers(request);
    const Result<Page<StoredFlow>> page =
        service.flows({numbers.page, numbers.perPage, request.flag(QStringLiteral("active_only"))});
    if (!page)
        return replyTo(page.error());
    QJsonArray data;
    for (const StoredFlow &flow : page->items)
        data.append(flowJson(flow, false));
    return {.body = {{dataKey, data},
                     {QStringLiteral("pagination"), paginationJson(numbers.page, numbers.perPage, page->total)}}};
}

HttpReply getFlow(FlowService &service, const ApiRequest &request)
{
    const Result<StoredFlow> flow = service.flow(request.arguments.first());
    return flow ? HttpReply{.body = {{dataKey, flowJson(*flow, true)}}} : replyTo(flow.error());
}

/// `{"flow": {...}}`, and in addition `layout`, which the reference does not know.
HttpReply createFlow(FlowService &service, const ApiRequest &request)
{
    const std::variant<QJsonObject, HttpReply> body = jsonBody(request);
    if (const HttpReply *reply = std::get_if<HttpReply>(&body))
        return *reply;
    const QJsonObject object = std::get<QJsonObject>(body);

    QList<Error> errors;
    FlowFile file;
    JsonObjectReader fields(object, {}, &errors);
    const QString flowKey = QStringLiteral("flow");
    const QString layoutKey = QStringLiteral("layout");
    const QJsonValue flowValue = fields.any(flowKey);
    if (flowValue.isUndefined()) {
        fields.report(flowKey, ErrorCode::MissingField, QStringLiteral("is missing"));
    } else {
        const FlowReading reading = flowFromJson(flowValue, FieldPath(flowKey));
        file.flow = reading.flow;
        errors += reading.errors;
    }
    const QJsonValue layout = fields.any(layoutKey);
    if (fields.has(layoutKey))
        file.layout = layoutFromJson(layout, FieldPath(layoutKey), &errors);
    fields.finish();
    if (!errors.isEmpty())
        return invalidRequest(errors, object);

    const Result<StoredFlow> created = service.createFlow(file);
    if (!created)
        return replyTo(created.error());
    return {.status = 201,
            .body = {{messageKey, QStringLiteral("Flow created successfully")}, {dataKey, flowJson(*created, true)}}};
}

/// Puts the fields of an update over the flow as it is; the result is read like any flow.
QList<Error> applyUpdate(StoredFlow &current, const QJsonObject &body)
{
    QList<Error> errors;
    JsonObjectReader fields(body, {}, &errors);
    QJsonObject merged = toJson(current.file.flow);
    for (const char *name : {"name", "description", "start_task", "tasks", "conditions", "inputs", "flows"}) {
        const QString key = QString::fromLatin1(name);
        const QJsonValue value = fields.any(key);
        if (!value.isUndefined())
            merged.insert(key, value);
    }
    const QString layoutKey = QStringLiteral("layout");
    const QJsonValue layoutValue = fields.any(layoutKey);
    Layout layout = current.file.layout;
    if (fields.has(layoutKey))
        layout = layoutFromJson(layoutValue, FieldPath(layoutKey), &errors);
    const QString activeKey = QStringLiteral("is_active");
    const std::optional<bool> active = fields.optionalBool(activeKey);
    if (body.value(activeKey).isNull())
        fields.report(activeKey, ErrorCode::NotABoolean, QStringLiteral("must be true or false"));
    fields.finish();

    const FlowReading reading = flowFromJson(merged);
    errors += reading.errors;
    if (errors.isEmpty()) {
        current.file.flow = reading.flow;
        current.file.layout = layout;
        current.isActive = active.value_or(current.isActive);
    }
    return errors;
}

HttpReply updateFlow(FlowService &service, const ApiRequest &request)
{
    const std::variant<QJsonObject, HttpReply> body = jsonBody(request);
    if (const HttpReply *reply = std::get_if<HttpReply>(&body))
        return *reply;
    const QJsonObject object = std::get<QJsonObject>(body);

    QList<Error> errors;
    const Result<StoredFlow> updated =
        service.updateFlow(request.arguments.first(), [&](StoredFlow &current) -> Result<void> {
            errors = applyUpdate(current, object);
            if (!errors.isEmpty())
                return Error{.code = ErrorCode::InvalidFlow, .reason = text(errors)};
            return {};
        });
    if (!errors.isEmpty())
        return invalidRequest(errors, object);
    if (!updated)
        return replyTo(updated.error());
    return {.body = {{messageKey, QStringLiteral("Flow updated successfully")}, {dataKey, flowJson(*updated, true)}}};
}

HttpReply deleteFlow(FlowService &service, const ApiRequest &request)
{
    const QString id = request.arguments.first();
    const Result<void> deleted = service.deleteFlow(id);
    if (!deleted)
        return replyTo(deleted.error());
    return {.body = {{messageKey, QStringLiteral("Flow '%1' deleted successfully").arg(id)}}};
}

} // namespace

void addFlowRoutes(Router &router, FlowService &service)
{
    const auto add = [&](const char *method, const char *path, HttpReply (*handle)(FlowService &, const ApiRequest &)) {
        router.add(method, path,
                   [&service, handle](const ApiRequest &request) -> ApiOutcome { return handle(service, request); });
    };
    add("GET", "/api/flows", listFlows);
    add("POST", "/api/flows", createFlow);
    add("GET", "/api/flows/:id", getFlow);
    add("PUT", "/api/flows/:id", updateFlow);
    add("DELETE", "/api/flows/:id", deleteFlow);
}

} // namespace flow
