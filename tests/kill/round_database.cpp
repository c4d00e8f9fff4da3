// SPDX-License-Identifier: GPL-3.0-or-later
#include "round_database.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QVariant>

namespace flow::test {

namespace {

const QString connectionName = QStringLiteral("kill-test");

Error failure(const QSqlError &error, const QString &file)
{
    return {.code = ErrorCode::Io, .reason = error.text(), .file = file};
}

Result<QStringList> rowsIn(const QSqlDatabase &database, const QString &sql)
{
    QSqlQuery query(database);
    query.setForwardOnly(true);
    if (!query.exec(sql))
        return failure(query.lastError(), database.databaseName());
    QStringList rows;
    while (query.next()) {
        QStringList columns;
        for (int column = 0; column < query.record().count(); ++column)
            columns.append(query.value(column).toString());
        rows.append(columns.join(u'|'));
    }
    if (query.lastError().isValid())
        return failure(query.lastError(), database.databaseName());
    return rows;
}

} // namespace

Result<QStringList> rowsOf(const QString &file, const QString &sql)
{
    Result<QStringList> rows = QStringList();
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connectionName);
        database.setDatabaseName(file);
        database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=10000"));
        rows = database.open() ? rowsIn(database, sql) : failure(database.lastError(), file);
    }
    QSqlDatabase::removeDatabase(connectionName);
    return rows;
}

} // namespace flow::test
