// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_json.h"

#include "base/json.h"
#include "base/json_reader.h"
#include "model/flow_file.h"
#include "model/flow_limits.h"
#include "model/flow_references.h"

#include <limits>

namespace flow {

namespace {

RetryPolicy readRetry(const QJsonObject &object, const FieldPath &path, QList<Error> *errors)
{
    JsonObjectReader reader(object, path, errors);
    RetryPolicy retry;
    retry.maxAttempts =
        int(reader.optionalInteger(QStringLiteral("max_attempts"), 1, limits::maxAttempts).value_or(retry.maxAttempts));
    retry.delaySeconds =
        reader.optionalNumber(QStringLiteral("delay_seconds"), 0, limits::retryDelay).value_or(retry.delaySeconds);
    retry.backoff = reader.optionalNumber(QStringLiteral("backoff"), 1, limits::retryBackoff).value_or(retry.backoff);
    retry.maxDelaySeconds = reader.optionalNumber(QStringLiteral("max_delay_seconds"), 0, limits::retryDelay);
    retry.jitter = reader.optionalNumber(QStringLiteral("jitter"), 0, 1).value_or(retry.jitter);
    reader.finish();
    return retry;
}

Concurrency readConcurrency(const QJsonObject &object, const FieldPath &path, QList<Error> *errors)
{
    JsonObjectReader reader(object, path, errors);
    Concurrency concurrency;
    concurrency.limit =
        int(reader.optionalInteger(QStringLiteral("limit"), 1, limits::concurrency).value_or(concurrency.limit));
    const QString key = QStringLiteral("when_busy");
    const QString word = reader.optionalText(key, 0, std::numeric_limits<qint64>::max());
    const std::optional<WhenBusy> policy = whenBusyFromString(word);
    if (!policy && !word.isNull())
        reader.report(key, ErrorCode::NotOneOf, QStringLiteral("must be one of: queue, skip, cancel_oldest"));
    concurrency.whenBusy = policy.value_or(concurrency.whenBusy);
    reader.finish();
    return concurrency;
}

std::optional<double> readTimeout(JsonObjectReader &reader)
{
    const QString key = QStringLiteral("timeout_seconds");
    const std::optional<double> timeout = reader.optionalNumber(key, 0, limits::taskTimeout);
    if (timeout && *timeout <= 0) {
        reader.report(key, ErrorCode::OutOfRange, QStringLiteral("must be above 0"),
                      Error::Range{0, qint64(limits::taskTimeout)});
        return std::nullopt;
    }
    return timeout;
}

Task readTask(const QJsonObject &object, const FieldPath &path, QList<Error> *errors)
{
    JsonObjectReader reader(object, path, errors);
    Task task;
    task.name = reader.requiredText(QStringLiteral("name"), 1, limits::name);
    task.type = reader.optionalText(QStringLiteral("type"), 1, limits::name);
    task.description = reader.optionalText(QStringLiteral("description"), 0, limits::description);
    task.config = reader.optionalObject(QStringLiteral("config"));
    task.timeoutSeconds = readTimeout(reader);
    if (const auto retry = reader.optionalObject(QStringLiteral("retry")))
        task.retry = readRetry(*retry, reader.pathOf(QStringLiteral("retry")), errors);
    task.retrySafe = reader.optionalBool(QStringLiteral("retry_safe"));
    reader.finish();
    return task;
}

Outcome readOutcome(JsonObjectReader &reader)
{
    const QString key = QStringLiteral("outcome");
    const QString word = reader.requiredText(key, 0, std::numeric_limits<qint64>::max());
    const std::optional<Outcome> outcome = outcomeFromString(word);
    if (!outcome && !word.isNull())
        reader.report(key, ErrorCode::NotOneOf, QStringLiteral("must be one of: success, failure, any"));
    return outcome.value_or(Outcome::Success);
}

Condition readCondition(const QJsonObject &object, const FieldPath &path, QList<Error> *errors)
{
    JsonObjectReader reader(object, path, errors);
    Condition condition;
    condition.name = reader.requiredText(QStringLiteral("name"), 1, limits::name);
    condition.description = reader.optionalText(QStringLiteral("description"), 0, limits::description);
    condition.sourceTask = reader.requiredText(QStringLiteral("source_task"), 1, limits::name);
    condition.outcome = readOutcome(reader);
    condition.when = reader.optionalText(QStringLiteral("when"), 1, limits::expression);
    condition.targetTaskSuccess = reader.requiredText(QStringLiteral("target_task_success"), 1, limits::name);
    condition.targetTaskFailure = reader.optionalText(QStringLiteral("target_task_failure"), 1, limits::name);
    reader.finish();
    return condition;
}

/// Reads each item of a list; items that are no objects are reported and come out empty.
template <typename T>
QList<T> readList(const QJsonArray &list, const FieldPath &path, QList<Error> *errors,
                  T (*readItem)(const QJsonObject &, const FieldPath &, QList<Error> *))
{
    QList<T> items;
    items.reserve(list.size());
    for (qsizetype i = 0; i < list.size() && errors->size() <= maxErrors; ++i) {
        const QJsonValue item = list[i];
        const FieldPath itemPath = path / i;
        if (item.isObject()) {
            items << readItem(item.toObject(), itemPath, errors);
            continue;
        }
        const QString rule = QStringLiteral("must be an object");
        addError(errors,
                 {.code = ErrorCode::NotAnObject, .reason = rule, .path = itemPath, .value = json::excerpt(item)});
        items << T();
    }
    return items;
}

/// A list within the limit; one that is longer is refused without reading it.
std::optional<QJsonArray> boundedList(JsonObjectReader &reader, const QString &key, std::optional<QJsonArray> list)
{
    if (list && list->size() > maxTasks) {
        const QString rule = QStringLiteral("must have at most %1 items").arg(maxTasks);
        reader.report(key, ErrorCode::TooLarge, rule, Error::Range{0, maxTasks});
        return std::nullopt;
    }
    return list;
}

QMap<QString, Flow> readFlows(const QJsonObject &object, const FieldPath &path, Reading reading, QList<Error> *errors)
{
    QMap<QString, Flow> flows;
    for (auto it = object.begin(); it != object.end() && errors->size() <= maxErrors; ++it) {
        const FieldPath itemPath = path / it.key();
        if (it.key().isEmpty() || characterCount(it.key()) > limits::name) {
            addError(errors, {.code = ErrorCode::BadLength,
                              .reason = QStringLiteral("a sub-flow's name must have 1 to 100 characters"),
                              .path = itemPath,
                              .range = Error::Range{1, limits::name}});
        }
        const FlowReading inner = flowFromJson(it.value(), itemPath, reading);
        for (const Error &error : inner.errors)
            addError(errors, error);
        flows.insert(it.key(), inner.flow);
    }
    return flows;
}

} // namespace

FlowReading flowFromJson(const QJsonValue &value, const FieldPath &path, Reading reading)
{
    FlowReading result;
    QList<Error> *errors = &result.errors;
    if (!value.isObject()) {
        const QString excerpt = json::excerpt(value);
        errors->append({.code = ErrorCode::NotAnObject,
                        .reason = QStringLiteral("must be an object"),
                        .path = path,
                        .value = excerpt});
        return result;
    }

    JsonObjectReader reader(value.toObject(), path, errors);
    Flow &flow = result.flow;
    const qint64 least = reading == Reading::Contract ? 1 : 0;
    const QString tasks = QStringLiteral("tasks");
    const QString conditions = QStringLiteral("conditions");
    constexpr qint64 anyNumber = std::numeric_limits<qint64>::max();
    flow.id = reader.requiredText(QStringLiteral("id"), 1, limits::name);
    flow.name = reader.requiredText(QStringLiteral("name"), 1, limits::flowName);
    flow.description = reader.optionalText(QStringLiteral("description"), 0, limits::flowDescription);
    flow.startTask = reader.requiredText(QStringLiteral("start_task"), least, limits::name);
    const auto taskList = boundedList(reader, tasks, reader.requiredList(tasks, least, anyNumber));
    if (taskList)
        flow.tasks = readList<Task>(*taskList, reader.pathOf(tasks), errors, readTask);
    if (const auto list = boundedList(reader, conditions, reader.optionalList(conditions, 0, anyNumber)))
        flow.conditions = readList<Condition>(*list, reader.pathOf(conditions), errors, readCondition);
    flow.inputs = reader.optionalObject(QStringLiteral("inputs"));
    flow.failureTask = reader.optionalText(QStringLiteral("failure_task"), 1, limits::name);
    flow.finalTask = reader.optionalText(QStringLiteral("final_task"), 1, limits::name);
    if (const auto concurrency = reader.optionalObject(QStringLiteral("concurrency")))
        flow.concurrency = readConcurrency(*concurrency, reader.pathOf(QStringLiteral("concurrency")), errors);
    if (const auto flows = reader.optionalObject(QStringLiteral("flows")))
        flow.flows = readFlows(*flows, reader.pathOf(QStringLiteral("flows")), reading, errors);
    reader.finish();

    if (taskList && reading == Reading::Contract)
        checkReferences(flow, path, errors);
    return result;
}

} // namespace flow
