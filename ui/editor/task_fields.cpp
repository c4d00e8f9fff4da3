// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/task_fields.h"

#include <QCoreApplication>

namespace flow {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("TaskFields", text);
}

const QString maxAttempts = QStringLiteral("retry.max_attempts");
const QString delaySeconds = QStringLiteral("retry.delay_seconds");
const QString backoff = QStringLiteral("retry.backoff");
const QString maxDelaySeconds = QStringLiteral("retry.max_delay_seconds");
const QString jitter = QStringLiteral("retry.jitter");
const QString retrySafe = QStringLiteral("retry_safe");
const QString timeoutSeconds = QStringLiteral("timeout_seconds");
const QString description = QStringLiteral("description");

FieldSpec numberField(const QString &key, const QString &title, const QString &help, const char *type,
                      QJsonObject bounds, const QString &unit = {})
{
    bounds.insert(QStringLiteral("type"), QString::fromLatin1(type));
    bounds.insert(QStringLiteral("title"), title);
    bounds.insert(QStringLiteral("description"), help);
    bounds.insert(QStringLiteral("x-unit"), unit);
    return fieldSpec(key, bounds);
}

QJsonObject bounds(double least, double most)
{
    return {{QStringLiteral("minimum"), least}, {QStringLiteral("maximum"), most}};
}

QJsonObject bounds(double least, double most, double standard)
{
    QJsonObject object = bounds(least, most);
    object.insert(QStringLiteral("default"), standard);
    return object;
}

QString safeWords(const std::optional<bool> &safe)
{
    if (!safe)
        return tr("As its kind of task");
    return *safe ? tr("It runs again: that does no harm") : tr("The run waits for a person");
}

void applyRetrySafe(Task *task, const QString &words)
{
    for (const std::optional<bool> &safe : {std::optional<bool>(), std::optional(true), std::optional(false)}) {
        if (words == safeWords(safe))
            task->retrySafe = safe;
    }
}

void applyRetry(Task *task, const QString &key, const QJsonValue &value)
{
    RetryPolicy retry = task->retry.value_or(RetryPolicy{});
    const RetryPolicy standard;
    if (key == maxAttempts)
        retry.maxAttempts = value.toInt(standard.maxAttempts);
    else if (key == delaySeconds)
        retry.delaySeconds = value.toDouble(standard.delaySeconds);
    else if (key == backoff)
        retry.backoff = value.toDouble(standard.backoff);
    else if (key == maxDelaySeconds)
        retry.maxDelaySeconds = value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
    else if (key == jitter)
        retry.jitter = value.toDouble(standard.jitter);
    task->retry = retry == standard ? std::nullopt : std::optional(retry);
}

} // namespace

QList<FieldSpec> failureFields()
{
    FieldSpec longest =
        numberField(maxDelaySeconds, tr("Longest wait"), tr("No wait is longer than this, however often it grew."),
                    "number", bounds(0, 86'400), QStringLiteral("s"));
    longest.placeholder = tr("no limit");
    return {
        numberField(maxAttempts, tr("Attempts"), tr("How often the task is tried, the first time included."), "integer",
                    bounds(1, 100, 1)),
        numberField(delaySeconds, tr("Wait in between"), tr("Time before the second attempt."), "number",
                    bounds(0, 86'400, 0), QStringLiteral("s")),
        numberField(backoff, tr("Wait grows by"), tr("Each further wait is this many times as long. 1: all the same."),
                    "number", bounds(1, 10, 1), QStringLiteral("×")),
        longest,
        numberField(jitter, tr("Chance in the wait"),
                    tr("Each wait is longer or shorter by up to this part of it, so that many do not come at once."),
                    "number", bounds(0, 1, 0)),
    };
}

QList<FieldSpec> limitFields()
{
    FieldSpec limit = numberField(
        timeoutSeconds, tr("Time limit"), tr("The task is stopped and counts as failed when it runs longer than this."),
        "number", {{QStringLiteral("exclusiveMinimum"), 0}, {QStringLiteral("maximum"), 31'536'000}},
        QStringLiteral("s"));
    limit.placeholder = tr("as in the settings");
    QJsonArray words;
    for (const std::optional<bool> &safe : {std::optional<bool>(), std::optional(true), std::optional(false)})
        words.append(safeWords(safe));
    FieldSpec safe =
        fieldSpec(retrySafe, {{QStringLiteral("enum"), words}, {QStringLiteral("title"), tr("After a crash")}}, true);
    safe.description = tr("If the program ends while the task runs, nobody knows whether it has done its work.");
    return {limit, safe};
}

QList<FieldSpec> descriptionFields(int maxLength)
{
    return {fieldSpec(description, {{QStringLiteral("type"), QStringLiteral("string")},
                                    {QStringLiteral("title"), tr("Description")},
                                    {QStringLiteral("maxLength"), maxLength}})};
}

QJsonObject taskFieldValues(const Task &task)
{
    QJsonObject values;
    if (task.retry) {
        values.insert(maxAttempts, task.retry->maxAttempts);
        values.insert(delaySeconds, task.retry->delaySeconds);
        values.insert(backoff, task.retry->backoff);
        if (task.retry->maxDelaySeconds)
            values.insert(maxDelaySeconds, *task.retry->maxDelaySeconds);
        values.insert(jitter, task.retry->jitter);
    }
    if (task.timeoutSeconds)
        values.insert(timeoutSeconds, *task.timeoutSeconds);
    values.insert(retrySafe, safeWords(task.retrySafe));
    if (!task.description.isNull())
        values.insert(description, task.description);
    return values;
}

void applyTaskField(Task *task, const QString &key, const QJsonValue &value)
{
    if (key == timeoutSeconds)
        task->timeoutSeconds = value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
    else if (key == retrySafe)
        applyRetrySafe(task, value.toString());
    else if (key == description)
        task->description = value.isString() ? value.toString() : QString();
    else
        applyRetry(task, key, value);
}

void applyConfigField(Task *task, const QString &key, const QJsonValue &value)
{
    QJsonObject config = task->config.value_or(QJsonObject());
    if (value.isUndefined())
        config.remove(key);
    else
        config.insert(key, value);
    task->config = config.isEmpty() ? std::nullopt : std::optional(config);
}

void applyConfigRest(Task *task, const QStringList &known, const QJsonObject &rest)
{
    QJsonObject config = rest;
    const QJsonObject old = task->config.value_or(QJsonObject());
    for (const QString &key : known) {
        if (old.contains(key))
            config.insert(key, old.value(key));
    }
    task->config = config.isEmpty() ? std::nullopt : std::optional(config);
}

} // namespace flow
