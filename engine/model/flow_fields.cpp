// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_fields.h"

#include "base/json.h"
#include "model/flow_json.h"

#include <QCryptographicHash>

namespace flow {

namespace {

void addText(Fields *fields, const QString &key, const QString &text)
{
    if (!text.isNull())
        fields->append({key, text});
}

/// A default is left out, except for the number of attempts, without which the object would say nothing.
QJsonObject toJson(const RetryPolicy &retry)
{
    const RetryPolicy defaults;
    QJsonObject json{{QStringLiteral("max_attempts"), retry.maxAttempts}};
    if (retry.delaySeconds != defaults.delaySeconds)
        json.insert(QStringLiteral("delay_seconds"), retry.delaySeconds);
    if (retry.backoff != defaults.backoff)
        json.insert(QStringLiteral("backoff"), retry.backoff);
    if (retry.maxDelaySeconds)
        json.insert(QStringLiteral("max_delay_seconds"), *retry.maxDelaySeconds);
    if (retry.jitter != defaults.jitter)
        json.insert(QStringLiteral("jitter"), retry.jitter);
    return json;
}

QJsonObject toJson(const Concurrency &concurrency)
{
    QJsonObject json{{QStringLiteral("limit"), concurrency.limit}};
    if (concurrency.whenBusy != Concurrency().whenBusy)
        json.insert(QStringLiteral("when_busy"), toString(concurrency.whenBusy));
    return json;
}

/// Our additions to a flow, behind its lists; sub-flows come after them.
Fields additionsOf(const Flow &flow)
{
    Fields fields;
    if (flow.inputs)
        fields.append({QStringLiteral("inputs"), *flow.inputs});
    if (!flow.failureTask.isEmpty())
        fields.append({QStringLiteral("failure_task"), flow.failureTask});
    if (!flow.finalTask.isEmpty())
        fields.append({QStringLiteral("final_task"), flow.finalTask});
    if (flow.concurrency)
        fields.append({QStringLiteral("concurrency"), toJson(*flow.concurrency)});
    return fields;
}

/// Everything but the lists, in front of them.
Fields headOf(const Flow &flow)
{
    Fields fields{{QStringLiteral("id"), flow.id}, {QStringLiteral("name"), flow.name}};
    addText(&fields, QStringLiteral("description"), flow.description);
    fields.append({QStringLiteral("start_task"), flow.startTask});
    return fields;
}

QJsonObject object(const Fields &fields)
{
    QJsonObject object;
    for (const auto &[key, value] : fields)
        object.insert(key, value);
    return object;
}

void write(JsonWriter &writer, const Fields &fields)
{
    for (const auto &[key, value] : fields)
        writer.member(key, value);
}

template <typename T>
void writeList(JsonWriter &writer, const QString &key, const QList<T> &items)
{
    writer.key(key);
    writer.beginList();
    for (const T &item : items) {
        writer.beginObject();
        write(writer, fieldsOf(item));
        writer.endObject();
    }
    writer.endList();
}

template <typename T>
QJsonArray listOf(const QList<T> &items)
{
    QJsonArray list;
    for (const T &item : items)
        list << object(fieldsOf(item));
    return list;
}

} // namespace

Fields fieldsOf(const Task &task)
{
    Fields fields{{QStringLiteral("name"), task.name}};
    if (!task.type.isEmpty())
        fields.append({QStringLiteral("type"), task.type});
    addText(&fields, QStringLiteral("description"), task.description);
    if (task.config)
        fields.append({QStringLiteral("config"), *task.config});
    if (task.timeoutSeconds)
        fields.append({QStringLiteral("timeout_seconds"), *task.timeoutSeconds});
    if (task.retry)
        fields.append({QStringLiteral("retry"), toJson(*task.retry)});
    if (task.retrySafe)
        fields.append({QStringLiteral("retry_safe"), *task.retrySafe});
    return fields;
}

Fields fieldsOf(const Condition &condition)
{
    Fields fields{{QStringLiteral("name"), condition.name}};
    addText(&fields, QStringLiteral("description"), condition.description);
    fields.append({QStringLiteral("source_task"), condition.sourceTask});
    fields.append({QStringLiteral("outcome"), toString(condition.outcome)});
    if (!condition.when.isEmpty())
        fields.append({QStringLiteral("when"), condition.when});
    fields.append({QStringLiteral("target_task_success"), condition.targetTaskSuccess});
    if (!condition.targetTaskFailure.isEmpty())
        fields.append({QStringLiteral("target_task_failure"), condition.targetTaskFailure});
    return fields;
}

void write(JsonWriter &writer, const Flow &flow)
{
    writer.beginObject();
    write(writer, headOf(flow));
    writeList(writer, QStringLiteral("tasks"), flow.tasks);
    if (!flow.conditions.isEmpty())
        writeList(writer, QStringLiteral("conditions"), flow.conditions);
    write(writer, additionsOf(flow));
    if (!flow.flows.isEmpty()) {
        writer.key(QStringLiteral("flows"));
        writer.beginObject();
        for (auto it = flow.flows.begin(); it != flow.flows.end(); ++it) {
            writer.key(it.key());
            write(writer, it.value());
        }
        writer.endObject();
    }
    writer.endObject();
}

QJsonObject toJson(const Task &task)
{
    return object(fieldsOf(task));
}

QJsonObject toJson(const Condition &condition)
{
    return object(fieldsOf(condition));
}

QJsonObject toJson(const Flow &flow)
{
    QJsonObject json = object(headOf(flow));
    json.insert(QStringLiteral("tasks"), listOf(flow.tasks));
    if (!flow.conditions.isEmpty())
        json.insert(QStringLiteral("conditions"), listOf(flow.conditions));
    for (const auto &[key, value] : additionsOf(flow))
        json.insert(key, value);
    if (!flow.flows.isEmpty()) {
        QJsonObject flows;
        for (auto it = flow.flows.begin(); it != flow.flows.end(); ++it)
            flows.insert(it.key(), toJson(it.value()));
        json.insert(QStringLiteral("flows"), flows);
    }
    return json;
}

QByteArray canonicalJson(const Flow &flow)
{
    JsonWriter writer(JsonWriter::Style::Indented);
    write(writer, flow);
    return writer.take();
}

RevisionId revisionOf(const Flow &flow)
{
    return QString::fromLatin1(QCryptographicHash::hash(canonicalJson(flow), QCryptographicHash::Sha256).toHex());
}

} // namespace flow
