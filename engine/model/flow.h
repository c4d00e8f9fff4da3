// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>

#include <optional>

/// The drawing: plain values with ==, cheap to copy (Qt's implicit sharing), safe to hand to any thread.
/// Field names in JSON are those of the reference contract; what is ours on top is marked "addition".
namespace flow {

/// Name of the target that ends a flow. No task may have it.
inline const QString endTarget = QStringLiteral("end");

/// What to do when a task fails (addition).
struct RetryPolicy
{
    int maxAttempts = 1;                   ///< 1 to 100, the first attempt included
    double delaySeconds = 0;               ///< before the second attempt, 0 to 86,400
    double backoff = 1;                    ///< factor for each further delay, 1 to 10
    std::optional<double> maxDelaySeconds; ///< no delay is longer, 0 to 86,400
    double jitter = 0; ///< each delay is made longer or shorter at random by up to this part of it, 0 to 1

    bool operator==(const RetryPolicy &) const = default;
};

/// One step of a flow.
struct Task
{
    QString name;                         ///< unique in its flow, 1 to 100 characters
    QString type;                         ///< registered task type (addition); empty: the name is the type
    QString description;                  ///< up to 500 characters; null when absent
    std::optional<QJsonObject> config;    ///< the type's settings, kept as they are
    std::optional<double> timeoutSeconds; ///< addition; above 0, up to 31,536,000; absent: the program's default
    std::optional<RetryPolicy> retry;     ///< addition
    std::optional<bool> retrySafe;        ///< addition; whether it may be repeated; absent: what its type says

    QString typeName() const { return type.isEmpty() ? name : type; }

    bool operator==(const Task &) const = default;
};

enum class Outcome { Success, Failure, Any };

/// Where to go after a task. It matches when the outcome fits and `when`, if present, is true.
struct Condition
{
    QString name;        ///< 1 to 100 characters
    QString description; ///< up to 500 characters; null when absent
    QString sourceTask;
    Outcome outcome = Outcome::Success;
    QString when;              ///< expression (addition); empty: no further question
    QString targetTaskSuccess; ///< next when matched: a task or `end`
    QString targetTaskFailure; ///< next when not matched; empty (addition): ask the next condition

    bool operator==(const Condition &) const = default;
};

/// What happens to a start of a flow while as many of its executions as its limit allows are running.
enum class WhenBusy {
    Queue,        ///< it waits for its turn
    Skip,         ///< it ends at once, as cancelled
    CancelOldest, ///< the oldest running one is cancelled
};

/// How many executions of a flow may run at once (addition).
struct Concurrency
{
    int limit = 1; ///< 1 to 1,000
    WhenBusy whenBusy = WhenBusy::Queue;

    bool operator==(const Concurrency &) const = default;
};

struct Flow
{
    FlowId id;
    QString name;        ///< 1 to 255 characters
    QString description; ///< up to 1,000 characters; null when absent
    QString startTask;
    QList<Task> tasks;
    QList<Condition> conditions;
    std::optional<QJsonObject> inputs; ///< JSON Schema of the input context (addition)
    QString failureTask; ///< runs, and what follows it, when the flow would end as failed (addition); empty: none
    QString finalTask;   ///< runs, and what follows it, before the flow ends in any way (addition); empty: none
    std::optional<Concurrency> concurrency; ///< addition; absent: as many as there are threads
    QMap<QString, Flow> flows;              ///< named sub-flows (addition)

    const Task *task(const QString &taskName) const;    ///< null when there is none
    qsizetype taskIndex(const QString &taskName) const; ///< -1 when there is none
    /// Indexes into `conditions`, in the order in which they are asked.
    QList<qsizetype> conditionsOf(const QString &taskName) const;

    bool operator==(const Flow &other) const; // defaulted where the type is complete: it holds flows itself
};

/// The word in JSON: success, failure, any.
QString toString(Outcome outcome);
std::optional<Outcome> outcomeFromString(const QString &word);

/// The word in JSON: queue, skip, cancel_oldest.
QString toString(WhenBusy policy);
std::optional<WhenBusy> whenBusyFromString(const QString &word);

} // namespace flow
