// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_json.h"

#include "base/json.h"
#include "model/flow_file.h"
#include "model/flow_reader.h"
#include "model/flow_writer.h"

#include <QCryptographicHash>

namespace flow {

namespace {

constexpr int deepestSubFlows = 16;

FlowReading readFlow(const QJsonValue &value, const FieldPath &path, Reading reading, int depth);

QMap<QString, Flow> readSubFlows(JsonObjectReader &fields, Reading reading, int depth, QList<Error> *errors)
{
    const QString key = QStringLiteral("flows");
    QMap<QString, Flow> flows;
    const QJsonObject object = fields.optionalObject(key).value_or(QJsonObject());
    if (!object.isEmpty() && depth >= deepestSubFlows) {
        fields.report(key, ErrorCode::TooDeep, QStringLiteral("sub-flows may be nested %1 levels deep").arg(deepestSubFlows));
        return flows;
    }
    for (auto member = object.begin(); member != object.end(); ++member) {
        const FlowReading sub = readFlow(member.value(), fields.pathOf(key) / member.key(), reading, depth + 1);
        *errors += sub.errors;
        flows.insert(member.key(), sub.flow);
    }
    return flows;
}

FlowReading readFlow(const QJsonValue &value, const FieldPath &path, Reading reading, int depth)
{
    FlowReading result;
    Flow &flow = result.flow;
    if (!value.isObject()) {
        result.errors << Error{.code = ErrorCode::NotAnObject, .reason = QStringLiteral("must be an object"), .path = path,
                               .value = json::excerpt(value)};
        return result;
    }
    const int least = reading == Reading::Contract ? 1 : 0;
    JsonObjectReader fields(value.toObject(), path, &result.errors);
    flow.id = fields.requiredText(QStringLiteral("id"), 1, 100);
    flow.name = fields.requiredText(QStringLiteral("name"), 1, 255);
    flow.description = fields.optionalText(QStringLiteral("description"), 0, 1000);
    flow.startTask = fields.requiredText(QStringLiteral("start_task"), least, 100);
    const QString tasks = QStringLiteral("tasks");
    const QString conditions = QStringLiteral("conditions");
    const QJsonArray taskList = fields.requiredList(tasks, least, maxTasks).value_or(QJsonArray());
    const QJsonArray conditionList = fields.optionalList(conditions, 0, maxTasks).value_or(QJsonArray());
    flow.tasks.reserve(taskList.size());
    for (qsizetype index = 0; index < taskList.size(); ++index)
        flow.tasks << readTask(taskList[index], fields.pathOf(tasks) / index, &result.errors);
    flow.conditions.reserve(conditionList.size());
    for (qsizetype index = 0; index < conditionList.size(); ++index)
        flow.conditions << readCondition(conditionList[index], fields.pathOf(conditions) / index, &result.errors);
    flow.inputs = fields.optionalObject(QStringLiteral("inputs"));
    flow.flows = readSubFlows(fields, reading, depth, &result.errors);
    fields.finish();

    if (reading == Reading::Contract && result.ok())
        checkReferences(flow, path, &result.errors);
    return result;
}

} // namespace

FlowReading flowFromJson(const QJsonValue &value, const FieldPath &path, Reading reading)
{
    return readFlow(value, path, reading, 0);
}

QByteArray canonicalJson(const Flow &flow)
{
    JsonWriter writer(JsonWriter::Style::Indented);
    writeFlow(writer, flow);
    return writer.take();
}

RevisionId revisionOf(const Flow &flow)
{
    return QString::fromLatin1(QCryptographicHash::hash(canonicalJson(flow), QCryptographicHash::Sha256).toHex());
}

} // namespace flow
