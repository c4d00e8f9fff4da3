// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QUrl>
#include <QUuid>

namespace flow::test {

/// Where tests find a PostgreSQL server (see tests/support/postgres_server); empty: they use SQLite.
inline QString serverUrl()
{
    return qEnvironmentVariable("FLOW_TEST_DATABASE_URL");
}
inline bool onServer()
{
    return !serverUrl().isEmpty();
}

/// A database of its own on the server, gone with this object.
class ServerDatabase
{
public:
    explicit ServerDatabase(const QString &server = serverUrl())
        : m_server(server)
        , m_name(QStringLiteral("test_") + QUuid::createUuid().toString(QUuid::Id128))
    {
        run(QStringLiteral("CREATE DATABASE ") + m_name);
    }
    ~ServerDatabase() { run(QStringLiteral("DROP DATABASE IF EXISTS %1 WITH (FORCE)").arg(m_name)); }
    Q_DISABLE_COPY_MOVE(ServerDatabase)

    QString url() const { return m_server.left(m_server.lastIndexOf(u'/') + 1) + m_name; }

    /// Breaks the connections that fit; gives how many.
    int terminate(const QString &condition = QStringLiteral("true"))
    {
        return run(QStringLiteral("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                  " WHERE datname = '%1' AND pid <> pg_backend_pid() AND (%2)")
                       .arg(m_name, condition));
    }

    /// That hold an owner's lock, each its own; the lock of whoever writes is not counted.
    int programs()
    {
        return run(QStringLiteral("SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE d.datname ="
                                  " '%1' AND l.locktype = 'advisory' AND l.granted AND l.mode = 'ExclusiveLock'"
                                  " AND l.classid::bigint <> 1718382455")
                       .arg(m_name));
    }

    /// From outside the database; gives the number of rows.
    int run(const QString &sql)
    {
        const QUrl url(m_server);
        const QString connection = QUuid::createUuid().toString();
        int rows = 0;
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QPSQL"), connection);
            database.setHostName(url.host());
            database.setPort(url.port());
            database.setDatabaseName(url.path().mid(1));
            database.setUserName(url.userName());
            database.setPassword(url.password());
            if (!database.open())
                qFatal("%s", qPrintable(database.lastError().text()));
            QSqlQuery query(database);
            if (!query.exec(sql))
                qFatal("%s", qPrintable(query.lastError().text()));
            rows = query.isSelect() ? query.size() : query.numRowsAffected();
        }
        QSqlDatabase::removeDatabase(connection);
        return rows;
    }

private:
    const QString m_server;
    const QString m_name;
};

} // namespace flow::test
