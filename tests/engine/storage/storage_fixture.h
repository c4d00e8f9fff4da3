// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution_journal.h"
#include "model/flow_file.h"
#include "storage/database.h"
#include "storage/execution_store.h"
#include "storage/flow_store.h"
#include "storage/storage_reader.h"
#include "storage/storage_statement.h"
#include "storage/storage_writer.h"
#include "support/test_server.h"

#include <QTemporaryDir>
#include <QTest>

/// What the tests of this folder share.
namespace flow::test {

/// Ends the test with the error's text.
#define VERIFY_OK(result)                                                                                              \
    do {                                                                                                               \
        const auto &checked = (result);                                                                                \
        QVERIFY2(checked.ok(), checked.ok() ? "" : qPrintable(checked.error().text()));                                \
    } while (false)

/// A real database: a file in a folder of its own, or one on the server that the tests are given.
class TestDatabase
{
public:
    TestDatabase()
    {
        if (onServer())
            m_server.emplace();
        open();
    }
    /// One that lies elsewhere and is open already.
    explicit TestDatabase(std::unique_ptr<Database> opened)
        : m_file(opened->location().file)
        , m_database(std::move(opened))
    {
    }

    void open()
    {
        Result<std::unique_ptr<Database>> opened = Database::open(location());
        if (!opened)
            qFatal("%s", qPrintable(opened.error().text()));
        m_database = *std::move(opened);
    }
    void close() { m_database.reset(); }
    void reopen()
    {
        close();
        open();
    }

    DatabaseLocation location() const
    {
        return m_server ? *DatabaseLocation::fromUrl(m_server->url()) : DatabaseLocation{file()};
    }
    std::shared_ptr<const StorageBackend> backend() const { return storageBackend(location()); }
    ServerDatabase &server() { return *m_server; }
    QString file() const { return m_file.isNull() ? m_folder.filePath(QStringLiteral("flows.db")) : m_file; }
    QString folder() const { return m_folder.path(); }
    Database &operator*() { return *m_database; }
    Database *operator->() { return m_database.get(); }

    /// All rows of a statement, columns joined by "|".
    QStringList rows(const QString &sql)
    {
        const Result<QStringList> read =
            m_database->reader().read([&](StorageConnection &connection) { return rowsOf(connection, sql); });
        return read ? *read : QStringList{read.error().text()};
    }

    static Result<QStringList> rowsOf(StorageConnection &connection, const QString &sql)
    {
        Statement statement(connection, sql);
        if (Result<void> done = statement.run(); !done)
            return done.error();
        QStringList lines;
        for (Result<bool> more = statement.next();; more = statement.next()) {
            if (!more)
                return more.error();
            if (!*more)
                return lines;
            lines.append(statement.text(0));
        }
    }

    QString one(const QString &sql) { return rows(sql).join(QStringLiteral(", ")); }

    Result<void> execute(const QString &sql)
    {
        return m_database->writer().run(
            [&](WriteTransaction &transaction) { return transaction.connection.execute(sql); });
    }

private:
    QTemporaryDir m_folder;
    std::optional<ServerDatabase> m_server;
    QString m_file; ///< null: in the folder
    std::unique_ptr<Database> m_database;
};

/// For QCOMPARE, which cannot print the enums themselves.
inline QString word(ExecutionStatus status)
{
    return toString(status);
}
inline QString word(TaskStatus status)
{
    return toString(status);
}
inline QString word(const std::optional<ExecutionStatus> &status)
{
    return status ? toString(*status) : QStringLiteral("none");
}

/// A flow of tasks "step 1", "step 2", ... in a row.
inline FlowFile chain(const FlowId &id, int tasks = 2, const QString &name = QStringLiteral("A flow"))
{
    FlowFile file;
    file.flow.id = id;
    file.flow.name = name;
    file.flow.startTask = QStringLiteral("step 1");
    for (int number = 1; number <= tasks; ++number) {
        Task task;
        task.name = QStringLiteral("step %1").arg(number);
        task.type = QStringLiteral("noop");
        file.flow.tasks.append(task);
    }
    return file;
}

inline Timestamp at(qint64 microseconds)
{
    return Timestamp(std::chrono::microseconds(1'700'000'000'000'000 + microseconds));
}

inline AttemptStart attemptStart(ExecutionId id, int number, const QString &task, bool touchesWorld = false)
{
    return {.executionId = id,
            .taskName = task,
            .taskDescription = {},
            .sequenceNumber = number,
            .attempt = 1,
            .startedAt = at(number * 10),
            .touchesWorld = touchesWorld};
}

inline AttemptEnd attemptEnd(ExecutionId id, int number, const QJsonValue &data = QJsonValue::Undefined)
{
    AttemptEnd end;
    end.executionId = id;
    end.sequenceNumber = number;
    end.data = data;
    end.completedAt = at(number * 10 + 5);
    end.durationSeconds = 0.5;
    return end;
}

inline ExecutionEnd executionEnd(ExecutionId id, ExecutionStatus status = ExecutionStatus::Completed, int tasks = 1)
{
    ExecutionEnd end;
    end.executionId = id;
    end.status = status;
    end.totalTasksExecuted = tasks;
    end.completedAt = at(1000);
    end.durationSeconds = 1.5;
    return end;
}

/// One that another has started, in whatever state that is by now.
inline Result<Execution> createUnder(TestDatabase &database, ExecutionStore &store, const Execution &execution,
                                     const ExecutionParent &parent)
{
    Result<Execution> made = store.create(execution, {});
    if (!made)
        return made;
    const Result<void> set = database.execute(
        QStringLiteral(
            "UPDATE flow_executions SET parent_id = %1, parent_sequence = %2, parent_index = %3 WHERE id = %4")
            .arg(QString::number(parent.id), QString::number(parent.sequenceNumber), QString::number(parent.index),
                 QString::number(made->id)));
    if (!set)
        return set.error();
    made->parent = parent;
    return made;
}

/// What is wrong in the kept totals; empty when each equals its count.
inline QString wrongTotals(TestDatabase &database)
{
    const QString executions = QStringLiteral(
        "SELECT c.flow_id || '/' || c.status || ' kept ' || c.executions || ' counted ' || n.counted FROM "
        "execution_counts c"
        " JOIN (SELECT flow_id, status, (SELECT count(*) FROM flow_executions e WHERE e.status = k.status"
        " AND (k.flow_id = '' OR e.flow_id = k.flow_id)) AS counted FROM execution_counts k) n"
        " ON n.flow_id = c.flow_id AND n.status = c.status WHERE n.counted <> c.executions");
    const QString missing =
        QStringLiteral("SELECT 'no total for ' || e.flow_id || '/' || e.status FROM flow_executions e"
                       " WHERE NOT EXISTS (SELECT 1 FROM execution_counts c WHERE c.flow_id = e.flow_id"
                       " AND c.status = e.status)");
    const QString flows =
        QStringLiteral("SELECT 'flows ' || is_active || ' kept ' || flows FROM flow_counts c WHERE flows <>"
                       " (SELECT count(*) FROM flows f WHERE f.is_active = c.is_active)");
    return (database.rows(executions) + database.rows(missing) + database.rows(flows)).join(QStringLiteral("; "));
}

} // namespace flow::test
