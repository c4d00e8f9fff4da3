// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/execution_counts.h"

#include "storage/storage_statement.h"

#include <algorithm>

namespace flow {

namespace {

constexpr qsizetype rowsAtOnce = 8;

/// One statement for several rows costs about as much as for one.
QString upsert(qsizetype rows)
{
    const QStringList places(rows, QStringLiteral("(?, ?, ?)"));
    return QStringLiteral("INSERT INTO execution_counts (flow_id, status, executions) VALUES ") +
           places.join(QStringLiteral(", ")) +
           QStringLiteral(" ON CONFLICT (flow_id, status) DO UPDATE"
                          " SET executions = execution_counts.executions + excluded.executions");
}

} // namespace

void ExecutionCounts::add(const FlowId &flowId, ExecutionStatus status, qint64 change)
{
    m_changes[{flowId, status}] += change;
    m_changes[{QStringLiteral(""), status}] += change; // all flows together
}

void ExecutionCounts::moved(const FlowId &flowId, ExecutionStatus from, ExecutionStatus to)
{
    add(flowId, from, -1);
    add(flowId, to, 1);
}

void ExecutionCounts::merge(const ExecutionCounts &other)
{
    for (const auto &[key, change] : other.m_changes)
        m_changes[key] += change;
}

Result<void> ExecutionCounts::write(StorageConnection &connection)
{
    QVariantList values;
    for (const auto &[key, change] : m_changes) {
        if (change != 0)
            values << sqlValue(key.first) << sqlValue(toString(key.second)) << sqlValue(change);
    }
    m_changes.clear();
    for (qsizetype from = 0; from < values.size(); from += 3 * rowsAtOnce) {
        const qsizetype rows = std::min(rowsAtOnce, (values.size() - from) / 3);
        if (Result<void> done = Statement(connection, upsert(rows)).runWith(values.mid(from, 3 * rows)); !done)
            return done;
    }
    return {};
}

} // namespace flow
