// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json_shapes.h"

#include "model/flow_json.h"

#include <QJsonArray>

namespace flow {

namespace {

QJsonValue textOrNull(const QString &text)
{
    return text.isNull() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QJsonValue timeOrNull(const std::optional<Timestamp> &time)
{
    return time ? QJsonValue(toIso(*time)) : QJsonValue(QJsonValue::Null);
}

QJsonValue numberOrNull(const std::optional<double> &number)
{
    return number ? QJsonValue(*number) : QJsonValue(QJsonValue::Null);
}

/// Which attempt of which execution started one.
QJsonValue parentJson(const std::optional<ExecutionParent> &parent)
{
    if (!parent)
        return QJsonValue(QJsonValue::Null);
    return QJsonObject{{QStringLiteral("execution_id"), parent->id},
                       {QStringLiteral("sequence_number"), parent->sequenceNumber},
                       {QStringLiteral("index"), parent->index}};
}

} // namespace

QJsonObject flowJson(const StoredFlow &stored, bool withDefinition)
{
    const Flow &flow = stored.file.flow;
    QJsonObject object{{QStringLiteral("id"), flow.id},
                       {QStringLiteral("name"), flow.name},
                       {QStringLiteral("description"), textOrNull(flow.description)},
                       {QStringLiteral("start_task"), flow.startTask},
                       {QStringLiteral("is_active"), stored.isActive},
                       {QStringLiteral("version"), stored.version},
                       {QStringLiteral("created_at"), toIso(stored.createdAt)},
                       {QStringLiteral("updated_at"), toIso(stored.updatedAt)}};
    if (withDefinition)
        object.insert(QStringLiteral("definition"), toJson(flow));
    return object;
}

QJsonObject executionJson(const Execution &execution)
{
    return {{QStringLiteral("id"), execution.id},
            {QStringLiteral("flow_id"), execution.flowId},
            {QStringLiteral("revision"), execution.revision},
            {QStringLiteral("status"), toString(execution.status)},
            {QStringLiteral("input_context"), execution.inputContext},
            {QStringLiteral("output_data"),
             execution.outputData ? QJsonValue(*execution.outputData) : QJsonValue(QJsonValue::Null)},
            {QStringLiteral("error_message"), textOrNull(execution.errorMessage)},
            {QStringLiteral("error_task"), textOrNull(execution.errorTask)},
            {QStringLiteral("total_tasks_executed"), execution.totalTasksExecuted},
            {QStringLiteral("started_at"), timeOrNull(execution.startedAt)},
            {QStringLiteral("completed_at"), timeOrNull(execution.completedAt)},
            {QStringLiteral("duration_seconds"), numberOrNull(execution.durationSeconds)},
            {QStringLiteral("parent"), parentJson(execution.parent)},
            {QStringLiteral("depth"), execution.depth},
            {QStringLiteral("resumed_from"),
             execution.resumedFrom ? QJsonValue(*execution.resumedFrom) : QJsonValue(QJsonValue::Null)},
            {QStringLiteral("start_task"), textOrNull(execution.startTask)},
            {QStringLiteral("single_task"), execution.singleTask},
            {QStringLiteral("pinned"), execution.pinned},
            {QStringLiteral("next_task"), textOrNull(execution.nextTask)},
            {QStringLiteral("paused_because"), textOrNull(execution.pausedBecause)}};
}

QJsonObject executionJson(const ExecutionDetails &details)
{
    QJsonObject object = executionJson(details.execution);
    QJsonArray tasks;
    for (const TaskExecution &task : details.tasks)
        tasks.append(taskExecutionJson(task));
    object.insert(QStringLiteral("task_executions"), tasks);
    return object;
}

QJsonObject taskExecutionJson(const TaskExecution &task)
{
    return {
        {QStringLiteral("id"), task.id},
        {QStringLiteral("flow_execution_id"), task.executionId},
        {QStringLiteral("task_name"), task.taskName},
        {QStringLiteral("task_description"), textOrNull(task.taskDescription)},
        {QStringLiteral("sequence_number"), task.sequenceNumber},
        {QStringLiteral("attempt"), task.attempt},
        {QStringLiteral("status"), toString(task.status)},
        {QStringLiteral("input_data"), task.inputData},
        {QStringLiteral("output_data"), task.outputData.isUndefined() ? QJsonValue(QJsonValue::Null) : task.outputData},
        {QStringLiteral("error_message"), textOrNull(task.errorMessage)},
        {QStringLiteral("decided_by"), textOrNull(task.decidedBy)},
        {QStringLiteral("next_task"), textOrNull(task.nextTask)},
        {QStringLiteral("started_at"), timeOrNull(task.startedAt)},
        {QStringLiteral("completed_at"), timeOrNull(task.completedAt)},
        {QStringLiteral("duration_seconds"), numberOrNull(task.durationSeconds)},
        {QStringLiteral("retry_at"), timeOrNull(task.retryAt)},
        {QStringLiteral("origin"), toString(task.origin)},
        {QStringLiteral("progress"), numberOrNull(task.progress)},
        {QStringLiteral("progress_text"), textOrNull(task.progressText)}};
}

QJsonObject taskTypeJson(const TaskType &type)
{
    QJsonObject object{
        {QStringLiteral("name"), type.name},           {QStringLiteral("description"), type.description},
        {QStringLiteral("title"), type.title},         {QStringLiteral("group"), type.group},
        {QStringLiteral("help"), type.help},           {QStringLiteral("config_schema"), type.configSchema},
        {QStringLiteral("retry_safe"), type.retrySafe}};
    if (!type.resultSchema.isEmpty())
        object.insert(QStringLiteral("result_schema"), type.resultSchema);
    return object;
}

QJsonObject logJson(const ExecutionEvent &event)
{
    const auto *line = std::get_if<TaskLogged>(&event.what);
    if (!line)
        return {};
    return {{QStringLiteral("at"), toIso(event.at)},
            {QStringLiteral("task_name"), line->taskName},
            {QStringLiteral("level"), toString(line->level)},
            {QStringLiteral("text"), line->text}};
}

QJsonObject paginationJson(int page, int perPage, qint64 total)
{
    return {{QStringLiteral("page"), page},
            {QStringLiteral("per_page"), perPage},
            {QStringLiteral("total"), total},
            {QStringLiteral("pages"), (total + perPage - 1) / perPage}};
}

} // namespace flow
