// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/migration_1.h"

namespace flow {

namespace {

// Times are microseconds since 1970 in UTC. Texts named definition, layout, input_context and output_data are JSON.
// A revision has no foreign keys from other tables: it goes only together with its flow, and checking that would need
// an index that every execution would have to keep up.
const QStringList flowTables{
    QStringLiteral("CREATE TABLE flows ("
                   " id TEXT NOT NULL PRIMARY KEY,"
                   " name TEXT NOT NULL,"
                   " description TEXT,"
                   " start_task TEXT NOT NULL,"
                   " is_active BOOLEAN NOT NULL DEFAULT true,"
                   " version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),"
                   " created_at BIGINT NOT NULL,"
                   " updated_at BIGINT NOT NULL,"
                   " revision TEXT NOT NULL)"),
    QStringLiteral("CREATE INDEX flows_by_creation ON flows (created_at, id)"),
    QStringLiteral("CREATE INDEX active_flows_by_creation ON flows (is_active, created_at, id)"),

    QStringLiteral("CREATE TABLE flow_revisions ("
                   " id TEXT NOT NULL PRIMARY KEY,"
                   " flow_id TEXT NOT NULL,"
                   " definition TEXT NOT NULL,"
                   " layout TEXT,"
                   " created_at BIGINT NOT NULL)"),
    QStringLiteral("CREATE INDEX flow_revisions_by_flow ON flow_revisions (flow_id)"),

    QStringLiteral("CREATE TABLE flow_versions ("
                   " flow_id TEXT NOT NULL REFERENCES flows (id) ON DELETE CASCADE,"
                   " version INTEGER NOT NULL,"
                   " revision TEXT NOT NULL,"
                   " layout TEXT,"
                   " saved_at BIGINT NOT NULL,"
                   " PRIMARY KEY (flow_id, version))"),
};

const QStringList executionTables{
    QStringLiteral("CREATE TABLE flow_executions ("
                   " id INTEGER PRIMARY KEY AUTOINCREMENT,"
                   " flow_id TEXT NOT NULL REFERENCES flows (id) ON DELETE CASCADE,"
                   " revision TEXT NOT NULL,"
                   " owner TEXT NOT NULL DEFAULT '',"
                   " status TEXT NOT NULL CHECK (status IN"
                   "  ('pending', 'running', 'completed', 'failure', 'cancelled', 'interrupted')),"
                   " input_context TEXT NOT NULL,"
                   " error_message TEXT,"
                   " error_task TEXT,"
                   " total_tasks_executed INTEGER NOT NULL DEFAULT 0,"
                   " created_at BIGINT NOT NULL,"
                   " started_at BIGINT,"
                   " completed_at BIGINT,"
                   " duration_seconds DOUBLE PRECISION)"),
    QStringLiteral("CREATE INDEX flow_executions_by_flow ON flow_executions (flow_id, id)"),
    QStringLiteral("CREATE INDEX flow_executions_by_status ON flow_executions (status, id)"),
    QStringLiteral("CREATE INDEX flow_executions_by_flow_and_status ON flow_executions (flow_id, status, id)"),

    QStringLiteral("CREATE TABLE task_executions ("
                   " id INTEGER PRIMARY KEY AUTOINCREMENT,"
                   " flow_execution_id BIGINT NOT NULL REFERENCES flow_executions (id) ON DELETE CASCADE,"
                   " task_name TEXT NOT NULL,"
                   " task_description TEXT,"
                   " sequence_number INTEGER NOT NULL CHECK (sequence_number > 0),"
                   " attempt INTEGER NOT NULL DEFAULT 1 CHECK (attempt > 0),"
                   " status TEXT NOT NULL CHECK (status IN"
                   "  ('pending', 'running', 'success', 'failure', 'cancelled', 'interrupted')),"
                   " output_data TEXT,"
                   " error_message TEXT,"
                   " decided_by TEXT,"
                   " next_task TEXT,"
                   " started_at BIGINT,"
                   " completed_at BIGINT,"
                   " duration_seconds DOUBLE PRECISION,"
                   " UNIQUE (flow_execution_id, sequence_number))"),

    QStringLiteral("CREATE TABLE execution_logs ("
                   " id INTEGER PRIMARY KEY AUTOINCREMENT,"
                   " flow_execution_id BIGINT NOT NULL REFERENCES flow_executions (id) ON DELETE CASCADE,"
                   " logged_at BIGINT NOT NULL,"
                   " level TEXT NOT NULL CHECK (level IN ('debug', 'info', 'warning', 'error')),"
                   " task_name TEXT NOT NULL,"
                   " message TEXT NOT NULL)"),
    QStringLiteral("CREATE INDEX execution_logs_by_execution ON execution_logs (flow_execution_id, id)"),
};

// Kept by the transactions that change what is counted. The rows of flow '' count all flows together.
const QStringList countTables{
    QStringLiteral("CREATE TABLE execution_counts ("
                   " flow_id TEXT NOT NULL,"
                   " status TEXT NOT NULL,"
                   " executions BIGINT NOT NULL,"
                   " PRIMARY KEY (flow_id, status))"),
    QStringLiteral("CREATE TABLE flow_counts ("
                   " is_active BOOLEAN NOT NULL PRIMARY KEY,"
                   " flows BIGINT NOT NULL)"),
};

} // namespace

Migration migration1()
{
    return {1, flowTables + executionTables + countTables};
}

} // namespace flow
