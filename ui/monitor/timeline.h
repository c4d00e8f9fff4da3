// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution_event.h"

#include <QRectF>

namespace flow {

/// The attempts of an execution over time, folded from its events or its records. A plain value; seconds count from the
/// start of the execution.
class Timeline
{
public:
    struct Bar
    {
        int sequenceNumber = 1;
        int attempt = 1;
        TaskStatus status = TaskStatus::Running;
        double begin = 0;
        std::optional<double> end; ///< nothing while it runs
        QString error;
        AttemptOrigin origin = AttemptOrigin::Run;
        std::optional<Timestamp> retryAt;
        bool operator==(const Bar &) const = default;
    };
    struct Row
    {
        QString task;
        QList<Bar> bars; ///< in the order of starting
        bool operator==(const Row &) const = default;
    };

    void clear() { *this = Timeline(); }
    void apply(const ExecutionEvent &event);
    static Timeline fromRecords(const Execution &execution, const QList<TaskExecution> &tasks);

    ExecutionId executionId() const { return m_id; }
    ExecutionStatus status() const { return m_status; }
    bool isRunning() const { return m_status == ExecutionStatus::Running; }
    std::optional<Timestamp> startedAt() const { return m_startedAt; }
    std::optional<ExecutionId> resumedFrom() const { return m_resumedFrom; }
    const QList<Row> &rows() const { return m_rows; }

    double now(Timestamp moment) const;    ///< seconds since the start; the end once it has ended
    double length(Timestamp moment) const; ///< what has to fit: at least a tenth of a second
    /// Seconds that a row's bars took together.
    double durationOf(const Row &row, Timestamp moment) const;

private:
    Row *row(const QString &task);
    double seconds(Timestamp moment) const;

    ExecutionId m_id = 0;
    ExecutionStatus m_status = ExecutionStatus::Pending;
    std::optional<Timestamp> m_startedAt;
    std::optional<ExecutionId> m_resumedFrom;
    std::optional<double> m_duration;
    QList<Row> m_rows;
};

/// Where things stand in a lane that is `width` wide and shows `length` seconds.
struct TimelineScale
{
    double left = 0;
    double width = 100;
    double length = 1;

    double x(double second) const { return left + width * second / length; }
    /// Never narrower than 3, so that a quick task is seen.
    QRectF bar(double begin, double end, double top, double height) const;
    /// Seconds between two ticks: 1, 2 or 5 times a power of ten (above a minute: of minutes and hours), at least 70
    /// apart.
    double tickStep() const;
};

/// A tick's label: "0 s", "0.5 s", "2 min", "1 h 30 min".
QString tickText(double second);

} // namespace flow
