// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/put_together.h"

#include "storage/context_edits.h"
#include "storage/execution_records.h"
#include "storage/storage_error.h"
#include "storage/storage_statement.h"
#include "storage/stored_json.h"

#include <QSet>

namespace flow {

bool entersContext(TaskStatus status)
{
    return status == TaskStatus::Success || status == TaskStatus::Failure;
}

QJsonObject contextEntry(TaskStatus status, const QJsonValue &data, const QString &error)
{
    QJsonObject entry{{QStringLiteral("status"), toString(status)}};
    if (!data.isUndefined())
        entry.insert(QStringLiteral("data"), data);
    if (!error.isNull())
        entry.insert(QStringLiteral("error"), error);
    return entry;
}

Result<QJsonObject> lastContext(StorageConnection &connection, ExecutionId id, const QJsonObject &input)
{
    const Result<QList<ContextEdit>> edits = context_edits::read(connection, id);
    if (!edits)
        return edits.error();
    if (!edits->isEmpty()) { // step by step, with the changes that a person made in between
        QJsonObject context;
        const Result<QList<TaskExecution>> attempts = execution_records::readAttempts(connection, id, input, &context);
        return attempts ? Result<QJsonObject>(context) : attempts.error();
    }
    // From the newest backward: what a later visit of a task has overwritten is not even parsed.
    Statement statement(connection,
                        QStringLiteral("SELECT task_name, status, output_data, error_message FROM task_executions"
                                       " WHERE flow_execution_id = ? ORDER BY sequence_number DESC"));
    if (Result<void> done = statement.run(id); !done)
        return done.error();
    QJsonObject context = input;
    QSet<QString> seen;
    for (Result<bool> more = statement.next();; more = statement.next()) {
        if (!more)
            return more.error();
        if (!*more)
            return context;
        const QString name = statement.text(0);
        const std::optional<TaskStatus> status = taskStatusFromString(statement.text(1));
        if (!status)
            return corruptError(connection.file(), QStringLiteral("status \"%1\"").arg(statement.text(1)));
        if (!entersContext(*status) || seen.contains(name))
            continue;
        seen.insert(name);
        QJsonValue data(QJsonValue::Undefined);
        if (!statement.isNull(2)) {
            const Result<QJsonValue> output = stored::jsonValue(statement.text(2), connection.file());
            if (!output)
                return output.error();
            data = *output;
        }
        context.insert(name, contextEntry(*status, data, statement.text(3)));
    }
}

} // namespace flow
