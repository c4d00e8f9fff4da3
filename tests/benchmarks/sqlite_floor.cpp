// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqlite_floor.h"

#include "bench.h"

#include <QTemporaryDir>

#include <sqlite3.h>

namespace bench {

namespace {

/// A connection with prepared statements for the rows that an execution leaves.
class Floor
{
public:
    Floor(const QString &file, bool durable)
    {
        check(sqlite3_open(file.toUtf8().constData(), &m_db));
        run("PRAGMA journal_mode=WAL");
        run("PRAGMA foreign_keys=ON");
        m_durable = durable;
        run("PRAGMA synchronous=NORMAL");
        run("CREATE TABLE flow_executions (id INTEGER PRIMARY KEY AUTOINCREMENT, flow_id TEXT, revision TEXT, status "
            "TEXT, "
            "input_context TEXT, total_tasks_executed INTEGER, started_at INTEGER, completed_at INTEGER)");
        run("CREATE INDEX by_flow ON flow_executions (flow_id, id)");
        run("CREATE INDEX by_status ON flow_executions (status, id)");
        run("CREATE TABLE task_executions (id INTEGER PRIMARY KEY AUTOINCREMENT, flow_execution_id INTEGER, task_name "
            "TEXT, "
            "sequence_number INTEGER, status TEXT, output_data TEXT, next_task TEXT, started_at INTEGER, completed_at "
            "INTEGER, "
            "UNIQUE (flow_execution_id, sequence_number))");
        m_create = prepare("INSERT INTO flow_executions (flow_id, revision, status, input_context) "
                           "VALUES ('chain-3', '0123456789abcdef', 'pending', '{}')");
        m_running = prepare("UPDATE flow_executions SET status = 'running', started_at = 1 WHERE id = ?1");
        m_start =
            prepare("INSERT INTO task_executions (flow_execution_id, task_name, sequence_number, status, started_at) "
                    "VALUES (?1, 'step 1', ?2, 'running', 1)");
        m_end = prepare(
            "UPDATE task_executions SET status = 'success', output_data = '{\"records\":3}', next_task = 'step 2', "
            "completed_at = 2 WHERE flow_execution_id = ?1 AND sequence_number = ?2");
        m_finish =
            prepare("UPDATE flow_executions SET status = 'completed', total_tasks_executed = 3, completed_at = 3 "
                    "WHERE id = ?1");
        m_begin = prepare("BEGIN IMMEDIATE");
        m_commit = prepare("COMMIT");
    }

    ~Floor()
    {
        for (sqlite3_stmt *statement : {m_create, m_running, m_start, m_end, m_finish, m_begin, m_commit})
            sqlite3_finalize(statement);
        sqlite3_close(m_db);
    }

    /// The same six commits as an execution of the program: created, running, first start, two ends with starts, end.
    /// Like there, that it was created always waits for the disk, each step where that is asked for, and never that it
    /// is running.
    void storeExecution()
    {
        waitForDisk(true);
        step(m_begin), step(m_create), step(m_commit);
        const sqlite3_int64 id = sqlite3_last_insert_rowid(m_db);
        waitForDisk(false);
        step(m_begin), step(m_running, id), step(m_commit);
        waitForDisk(m_durable);
        step(m_begin), step(m_start, id, 1), step(m_commit);
        step(m_begin), step(m_end, id, 1), step(m_start, id, 2), step(m_commit);
        step(m_begin), step(m_end, id, 2), step(m_start, id, 3), step(m_commit);
        step(m_begin), step(m_end, id, 3), step(m_finish, id), step(m_commit);
    }

private:
    void check(int code)
    {
        if (code != SQLITE_OK)
            qFatal("%s", sqlite3_errmsg(m_db));
    }
    void waitForDisk(bool waits)
    {
        if (waits != m_waits)
            run(waits ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
        m_waits = waits;
    }
    void run(const char *sql) { check(sqlite3_exec(m_db, sql, nullptr, nullptr, nullptr)); }
    sqlite3_stmt *prepare(const char *sql)
    {
        sqlite3_stmt *statement = nullptr;
        check(sqlite3_prepare_v2(m_db, sql, -1, &statement, nullptr));
        return statement;
    }
    void step(sqlite3_stmt *statement, sqlite3_int64 first = 0, int second = 0)
    {
        sqlite3_bind_int64(statement, 1, first);
        sqlite3_bind_int(statement, 2, second);
        if (sqlite3_step(statement) != SQLITE_DONE)
            qFatal("%s", sqlite3_errmsg(m_db));
        sqlite3_reset(statement);
    }

    sqlite3 *m_db = nullptr;
    bool m_durable = false;
    bool m_waits = false;
    sqlite3_stmt *m_create = nullptr, *m_running = nullptr, *m_start = nullptr, *m_end = nullptr, *m_finish = nullptr;
    sqlite3_stmt *m_begin = nullptr, *m_commit = nullptr;
};

} // namespace

double sqliteFloor(int executions, bool durable)
{
    const QTemporaryDir folder;
    Floor floor(folder.filePath(QStringLiteral("floor.db")), durable);
    return seconds([&] {
        for (int round = 0; round < executions; ++round)
            floor.storeExecution();
    });
}

} // namespace bench
