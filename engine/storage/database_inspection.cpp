// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/database_inspection.h"

#include "model/flow_json.h"
#include "storage/database.h"
#include "storage/flow_revisions.h"
#include "storage/storage_reader.h"
#include "storage/storage_statement.h"

#include <QCoreApplication>

namespace flow {

namespace {

constexpr int mostLines = 100;

QString tr(const char *text)
{
    return QCoreApplication::translate("DatabaseInspection", text);
}

/// A question whose rows are what is wrong.
struct Question
{
    const char *sentence; ///< %1 is the row
    const char *sql;
};

constexpr Question questions[] = {
    {QT_TRANSLATE_NOOP("DatabaseInspection", "the kept number of runs is wrong: %1"),
     "SELECT c.flow_id || ' ' || c.status || ': ' || c.executions FROM execution_counts c WHERE c.executions <>"
     " (SELECT count(*) FROM flow_executions e WHERE e.status = c.status"
     " AND (c.flow_id = '' OR e.flow_id = c.flow_id))"},
    {QT_TRANSLATE_NOOP("DatabaseInspection", "the kept number of flows is wrong: %1"),
     "SELECT flows FROM flow_counts c WHERE flows <> (SELECT count(*) FROM flows f WHERE f.is_active = c.is_active)"},
    {QT_TRANSLATE_NOOP("DatabaseInspection", "run %1 uses a revision that is gone"),
     "SELECT id FROM flow_executions e WHERE NOT EXISTS (SELECT 1 FROM flow_revisions r WHERE r.id = e.revision)"},
    {QT_TRANSLATE_NOOP("DatabaseInspection", "a version of flow %1 is gone"),
     "SELECT flow_id FROM flow_versions v WHERE NOT EXISTS (SELECT 1 FROM flow_revisions r WHERE r.id = v.revision)"},
    {QT_TRANSLATE_NOOP("DatabaseInspection", "run %1 has ended, but a task of it has not"),
     "SELECT DISTINCT e.id FROM flow_executions e JOIN task_executions t ON t.flow_execution_id = e.id"
     " WHERE e.status IN ('completed', 'failure', 'cancelled', 'interrupted') AND t.status IN ('pending', 'running')"},
};

Result<void> ask(StorageConnection &connection, const Question &question, QStringList *lines)
{
    Statement statement(connection, QString::fromLatin1(question.sql));
    if (Result<void> done = statement.run(); !done)
        return done;
    for (Result<bool> more = statement.next(); lines->size() < mostLines; more = statement.next()) {
        if (!more)
            return more.error();
        if (!*more)
            return {};
        lines->append(tr(question.sentence).arg(statement.text(0)));
    }
    return {};
}

Result<void> checkRevisions(StorageConnection &connection, QStringList *lines)
{
    Statement statement(connection, QStringLiteral("SELECT id, definition FROM flow_revisions ORDER BY id"));
    if (Result<void> done = statement.run(); !done)
        return done;
    for (Result<bool> more = statement.next(); lines->size() < mostLines; more = statement.next()) {
        if (!more)
            return more.error();
        if (!*more)
            return {};
        const Result<Flow> flow = decodeFlow(statement.text(1), connection.file());
        if (!flow)
            lines->append(flow.error().text());
        else if (revisionOf(*flow) != statement.text(0))
            lines->append(tr("revision %1 is not what it was").arg(statement.text(0)));
    }
    return {};
}

} // namespace

Result<QStringList> inspect(Database &database)
{
    return database.reader().read([](StorageConnection &connection) -> Result<QStringList> {
        Result<QStringList> lines = connection.backend().damage(connection);
        if (!lines || !lines->isEmpty())
            return lines; // what the rows say means nothing then
        for (const Question &question : questions) {
            if (Result<void> done = ask(connection, question, &*lines); !done)
                return done.error();
        }
        if (Result<void> done = checkRevisions(connection, &*lines); !done)
            return done.error();
        return lines;
    });
}

} // namespace flow
