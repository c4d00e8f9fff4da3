// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_reader.h"

#include "base/json.h"

namespace flow {

namespace {

constexpr double longestSeconds = 86'400;
constexpr double longestTimeout = 31'536'000;

/// The object at `path`, or a report that it is none.
std::optional<QJsonObject> objectAt(const QJsonValue &value, const FieldPath &path, QList<Error> *errors)
{
    if (value.isObject())
        return value.toObject();
    errors->append(Error{.code = ErrorCode::NotAnObject, .reason = QStringLiteral("must be an object"), .path = path,
                         .value = json::excerpt(value)});
    return std::nullopt;
}

std::optional<RetryPolicy> readRetry(JsonObjectReader &task, QList<Error> *errors)
{
    const QString key = QStringLiteral("retry");
    const std::optional<QJsonObject> object = task.optionalObject(key);
    if (!object)
        return std::nullopt;
    JsonObjectReader fields(*object, task.pathOf(key), errors);
    RetryPolicy retry;
    retry.maxAttempts = int(fields.optionalInteger(QStringLiteral("max_attempts"), 1, 100).value_or(retry.maxAttempts));
    retry.delaySeconds = fields.optionalNumber(QStringLiteral("delay_seconds"), 0, longestSeconds).value_or(retry.delaySeconds);
    retry.backoff = fields.optionalNumber(QStringLiteral("backoff"), 1, 10).value_or(retry.backoff);
    retry.maxDelaySeconds = fields.optionalNumber(QStringLiteral("max_delay_seconds"), 0, longestSeconds);
    fields.finish();
    return retry;
}

} // namespace

Task readTask(const QJsonValue &value, const FieldPath &path, QList<Error> *errors)
{
    Task task;
    const std::optional<QJsonObject> object = objectAt(value, path, errors);
    if (!object)
        return task;
    JsonObjectReader fields(*object, path, errors);
    task.name = fields.requiredText(QStringLiteral("name"), 1, 100);
    task.type = fields.optionalText(QStringLiteral("type"), 1, 100);
    task.description = fields.optionalText(QStringLiteral("description"), 0, 500);
    task.config = fields.optionalObject(QStringLiteral("config"));
    const QString timeout = QStringLiteral("timeout_seconds");
    task.timeoutSeconds = fields.optionalNumber(timeout, 0, longestTimeout);
    if (task.timeoutSeconds == 0.0)
        fields.report(timeout, ErrorCode::OutOfRange, QStringLiteral("must be above 0; leave it out for the default"));
    task.retry = readRetry(fields, errors);
    fields.finish();
    return task;
}

Condition readCondition(const QJsonValue &value, const FieldPath &path, QList<Error> *errors)
{
    Condition condition;
    const std::optional<QJsonObject> object = objectAt(value, path, errors);
    if (!object)
        return condition;
    JsonObjectReader fields(*object, path, errors);
    condition.name = fields.requiredText(QStringLiteral("name"), 1, 100);
    condition.description = fields.optionalText(QStringLiteral("description"), 0, 500);
    condition.sourceTask = fields.requiredText(QStringLiteral("source_task"), 1, 100);
    const QString outcomeKey = QStringLiteral("outcome");
    const QString word = fields.requiredText(outcomeKey, 0, std::numeric_limits<int>::max());
    if (const std::optional<Outcome> outcome = outcomeFromString(word))
        condition.outcome = *outcome;
    else if (!word.isNull())
        fields.report(outcomeKey, ErrorCode::NotOneOf, QStringLiteral("must be success, failure or any"));
    condition.when = fields.optionalText(QStringLiteral("when"), 1, 10'000);
    condition.targetTaskSuccess = fields.requiredText(QStringLiteral("target_task_success"), 1, 100);
    condition.targetTaskFailure = fields.optionalText(QStringLiteral("target_task_failure"), 1, 100);
    fields.finish();
    return condition;
}

void checkReferences(const Flow &flow, const FieldPath &path, QList<Error> *errors)
{
    const auto report = [&](const FieldPath &place, ErrorCode code, const QString &value, const QString &reason) {
        errors->append(Error{.code = code, .reason = reason, .path = place, .value = json::excerpt(value)});
    };
    QSet<QString> names;
    for (const Task &task : flow.tasks) {
        if (names.contains(task.name))
            report(path / QStringLiteral("tasks"), ErrorCode::DuplicateName, task.name,
                   QStringLiteral("task names must be unique within a flow"));
        names.insert(task.name);
    }
    if (!names.contains(flow.startTask))
        report(path / QStringLiteral("start_task"), ErrorCode::UnknownReference, flow.startTask,
               QStringLiteral("must be the name of one of the tasks"));

    for (qsizetype index = 0; index < flow.conditions.size(); ++index) {
        const Condition &condition = flow.conditions[index];
        const FieldPath place = path / QStringLiteral("conditions") / index;
        if (!names.contains(condition.sourceTask))
            report(place / QStringLiteral("source_task"), ErrorCode::UnknownReference, condition.sourceTask,
                   QStringLiteral("must be the name of one of the tasks"));
        const auto target = [&](const QString &key, const QString &name) {
            if (name != endTarget && !names.contains(name))
                report(place / key, ErrorCode::UnknownReference, name, QStringLiteral("must be 'end' or the name of one of the tasks"));
        };
        target(QStringLiteral("target_task_success"), condition.targetTaskSuccess);
        if (!condition.targetTaskFailure.isEmpty())
            target(QStringLiteral("target_task_failure"), condition.targetTaskFailure);
    }
}

} // namespace flow
