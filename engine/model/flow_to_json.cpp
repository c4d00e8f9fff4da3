// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json_writer.h"
#include "model/flow_json.h"
#include "model/flow_writer.h"

#include <QCoreApplication>

namespace flow {

namespace {

void insertText(QJsonObject &object, const QString &key, const QString &text)
{
    if (!text.isNull())
        object.insert(key, text);
}

QJsonObject toJson(const RetryPolicy &retry)
{
    QJsonObject object{{QStringLiteral("max_attempts"), retry.maxAttempts},
                       {QStringLiteral("delay_seconds"), retry.delaySeconds},
                       {QStringLiteral("backoff"), retry.backoff}};
    if (retry.maxDelaySeconds)
        object.insert(QStringLiteral("max_delay_seconds"), *retry.maxDelaySeconds);
    return object;
}

template <typename Item>
QJsonArray listOf(const QList<Item> &items)
{
    QJsonArray list;
    for (const Item &item : items)
        list.append(toJson(item));
    return list;
}

QString droppedText(const char *text)
{
    return QCoreApplication::translate("ReferenceExport", text);
}

/// Takes out what the reference does not have; says what in `dropped`.
void stripTask(Task &task, QStringList &dropped)
{
    if (!task.type.isEmpty() && task.type != task.name) {
        dropped << droppedText(QT_TRANSLATE_NOOP("ReferenceExport", "Task '%1': its type '%2'. The reference looks for a task named '%1'."))
                       .arg(task.name, task.type);
    }
    if (task.timeoutSeconds)
        dropped << droppedText(QT_TRANSLATE_NOOP("ReferenceExport", "Task '%1': its time limit.")).arg(task.name);
    if (task.retry)
        dropped << droppedText(QT_TRANSLATE_NOOP("ReferenceExport", "Task '%1': its retries.")).arg(task.name);
    task.type.clear();
    task.timeoutSeconds.reset();
    task.retry.reset();
}

void stripCondition(Condition &condition, QStringList &dropped)
{
    if (!condition.when.isEmpty()) {
        dropped << droppedText(QT_TRANSLATE_NOOP("ReferenceExport", "Condition '%1': its expression %2. It now asks for the outcome only."))
                       .arg(condition.name, condition.when);
        condition.when.clear();
    }
    condition.when = QString();
    if (condition.targetTaskFailure.isEmpty()) {
        dropped << droppedText(QT_TRANSLATE_NOOP("ReferenceExport", "Condition '%1': going on to the next condition when it does not match. "
                                                                    "The flow now ends there."))
                       .arg(condition.name);
        condition.targetTaskFailure = endTarget;
    }
}

} // namespace

QJsonObject toJson(const Task &task)
{
    QJsonObject object{{QStringLiteral("name"), task.name}};
    insertText(object, QStringLiteral("type"), task.type.isEmpty() ? QString() : task.type);
    insertText(object, QStringLiteral("description"), task.description);
    if (task.config)
        object.insert(QStringLiteral("config"), *task.config);
    if (task.timeoutSeconds)
        object.insert(QStringLiteral("timeout_seconds"), *task.timeoutSeconds);
    if (task.retry)
        object.insert(QStringLiteral("retry"), toJson(*task.retry));
    return object;
}

QJsonObject toJson(const Condition &condition)
{
    QJsonObject object{{QStringLiteral("name"), condition.name},
                       {QStringLiteral("source_task"), condition.sourceTask},
                       {QStringLiteral("outcome"), toString(condition.outcome)},
                       {QStringLiteral("target_task_success"), condition.targetTaskSuccess}};
    insertText(object, QStringLiteral("description"), condition.description);
    insertText(object, QStringLiteral("when"), condition.when.isEmpty() ? QString() : condition.when);
    insertText(object, QStringLiteral("target_task_failure"),
               condition.targetTaskFailure.isEmpty() ? QString() : condition.targetTaskFailure);
    return object;
}

QJsonObject toJson(const Flow &flow)
{
    QJsonObject object{{QStringLiteral("id"), flow.id},
                       {QStringLiteral("name"), flow.name},
                       {QStringLiteral("start_task"), flow.startTask},
                       {QStringLiteral("tasks"), listOf(flow.tasks)}};
    insertText(object, QStringLiteral("description"), flow.description);
    if (!flow.conditions.isEmpty())
        object.insert(QStringLiteral("conditions"), listOf(flow.conditions));
    if (flow.inputs)
        object.insert(QStringLiteral("inputs"), *flow.inputs);
    QJsonObject flows;
    for (auto sub = flow.flows.begin(); sub != flow.flows.end(); ++sub)
        flows.insert(sub.key(), toJson(sub.value()));
    if (!flows.isEmpty())
        object.insert(QStringLiteral("flows"), flows);
    return object;
}

ReferenceExport exportForReference(const Flow &flow)
{
    ReferenceExport result;
    Flow plain = flow;
    for (Task &task : plain.tasks)
        stripTask(task, result.dropped);
    for (Condition &condition : plain.conditions)
        stripCondition(condition, result.dropped);
    if (plain.inputs)
        result.dropped << droppedText(QT_TRANSLATE_NOOP("ReferenceExport", "The schema of the flow's inputs."));
    if (!plain.flows.isEmpty())
        result.dropped << droppedText(QT_TRANSLATE_NOOP("ReferenceExport", "The sub-flows."));
    plain.inputs.reset();
    plain.flows.clear();

    JsonWriter writer(JsonWriter::Style::Indented);
    writer.beginObject();
    writer.key(QStringLiteral("flow"));
    writeFlow(writer, plain);
    writer.endObject();
    result.json = writer.take();
    return result;
}

} // namespace flow
