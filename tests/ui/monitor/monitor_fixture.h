// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "model/execution_event.h"
#include "model/stored_flow.h"

/// Executions, events and records that the tests of the monitor share.
namespace flow {

inline Timestamp monitorStart()
{
    return *timestampFromIso(QStringLiteral("2026-01-10T09:41:07"));
}

inline Timestamp after(double seconds)
{
    return monitorStart() + std::chrono::microseconds(qRound64(seconds * 1e6));
}

inline Execution someExecution(ExecutionId id, ExecutionStatus status = ExecutionStatus::Completed)
{
    Execution execution;
    execution.id = id;
    execution.flowId = id % 3 == 0 ? QStringLiteral("file-drop") : QStringLiteral("monthly-report");
    execution.status = status;
    execution.startedAt = after(double(id));
    execution.totalTasksExecuted = 4;
    execution.inputContext = QJsonObject{{QStringLiteral("day"), QStringLiteral("2026-01-10")}};
    if (isFinished(status))
        execution.durationSeconds = 0.84 + double(id % 7);
    if (status == ExecutionStatus::Failure) {
        execution.errorTask = QStringLiteral("Fetch prices");
        execution.errorMessage = QStringLiteral("The server api.shop did not answer within 30 s");
    }
    return execution;
}

/// Executions from `newest` downward.
inline Page<Execution> somePage(ExecutionId newest, int count, qint64 total)
{
    Page<Execution> page;
    page.total = total;
    for (ExecutionId id = newest; id > newest - count; --id)
        page.items.append(someExecution(id, id % 4 == 1 ? ExecutionStatus::Failure : ExecutionStatus::Completed));
    return page;
}

template <typename What>
ExecutionEvent eventAt(double seconds, What what, ExecutionId id = 1285)
{
    return ExecutionEvent{id, after(seconds), what};
}

/// A run with a task that is tried twice; `count` events of it.
inline QList<ExecutionEvent> someEvents()
{
    const QString read = QStringLiteral("Read orders");
    const QString check = QStringLiteral("Check orders");
    const QString fetch = QStringLiteral("Fetch prices");
    return {
        eventAt(0, ExecutionStarted{QStringLiteral("monthly-report"), {}}),
        eventAt(0, TaskStarted{read, 1, 1}),
        eventAt(0.5, TaskLogged{read, LogLevel::Debug, QStringLiteral("182 440 rows in 3 files")}),
        eventAt(0.84, TaskFinished{read, 1, 1, TaskStatus::Success, {}, 0.84, 0, true, check}),
        eventAt(0.84, TaskStarted{check, 2, 1}),
        eventAt(0.9, TaskLogged{check, LogLevel::Warning, QStringLiteral("14 rows have no date and were left out")}),
        eventAt(0.96, TaskFinished{check, 2, 1, TaskStatus::Success, {}, 0.12, 1, true, fetch}),
        eventAt(0.96, TaskStarted{fetch, 3, 1}),
        eventAt(2.0, TaskFinished{fetch,
                                  3,
                                  1,
                                  TaskStatus::Failure,
                                  QStringLiteral("The server api.shop did not answer within 1 s"),
                                  1.04,
                                  -1,
                                  false,
                                  {}}),
        eventAt(3.0, TaskStarted{fetch, 4, 2}),
        eventAt(4.0, TaskProgressed{fetch, 0.62, QStringLiteral("page 5 of 8")})};
}

inline QList<ExecutionEvent> endOfEvents()
{
    const QString fetch = QStringLiteral("Fetch prices");
    return {eventAt(5.1, TaskFinished{fetch, 4, 2, TaskStatus::Success, {}, 2.1, 2, true, QStringLiteral("end")}),
            eventAt(5.1, ExecutionFinished{ExecutionStatus::Completed, {}, {}, 4, 5.1})};
}

inline QList<TaskExecution> someRecords()
{
    QList<TaskExecution> records;
    const auto add = [&records](const char *name, int sequence, int attempt, TaskStatus status, double begin,
                                double seconds) {
        TaskExecution record;
        record.id = sequence;
        record.executionId = 1285;
        record.taskName = QString::fromLatin1(name);
        record.sequenceNumber = sequence;
        record.attempt = attempt;
        record.status = status;
        record.startedAt = after(begin);
        record.durationSeconds = seconds;
        record.completedAt = after(begin + seconds);
        record.inputData =
            QJsonObject{{QStringLiteral("day"), QStringLiteral("2026-01-10")}, {QStringLiteral("step"), sequence}};
        records.append(record);
    };
    add("Read orders", 1, 1, TaskStatus::Success, 0, 0.84);
    add("Check orders", 2, 1, TaskStatus::Success, 0.84, 0.12);
    add("Fetch prices", 3, 1, TaskStatus::Failure, 0.96, 1.04);
    add("Fetch prices", 4, 2, TaskStatus::Success, 3.0, 2.1);
    records[2].errorMessage = QStringLiteral("The server api.shop did not answer within 1 s");
    records[3].outputData = json::parse(R"({"count": 3, "prices": [
        {"item": "tea", "price": 4.5, "stock": 182440}, {"item": "rice", "price": 12, "stock": 7},
        {"item": "a very long name of an item that does not fit into its column", "price": 0.05, "stock": null}]})")
                                .value;
    return records;
}

inline Execution someRun()
{
    Execution execution = someExecution(1285);
    execution.startedAt = monitorStart();
    execution.durationSeconds = 5.1;
    execution.outputData = QJsonObject{{QStringLiteral("report"), QStringLiteral("done")}};
    return execution;
}

} // namespace flow
