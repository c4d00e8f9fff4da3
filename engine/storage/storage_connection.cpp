// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/storage_connection.h"

#include "storage/sqlite_file.h"
#include "storage/storage_error.h"

#include <QSqlDatabase>
#include <QSqlError>

#include <atomic>
#include <thread>

namespace flow {

namespace {

QString freshName()
{
    static std::atomic<quint64> count{0};
    return QStringLiteral("flow-storage-%1").arg(++count);
}

} // namespace

StorageConnection::StorageConnection(QString file, QString name)
    : m_file(std::move(file))
    , m_name(std::move(name))
{
}

Result<std::unique_ptr<StorageConnection>> StorageConnection::open(const QString &file, Mode mode)
{
    std::unique_ptr<StorageConnection> connection(new StorageConnection(file, freshName()));
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection->m_name);
    database.setDatabaseName(file);
    database.setConnectOptions(sqlite::connectOptions(mode == Mode::ReadOnly));
    if (!database.open())
        return storageError(database.lastError(), file);
    if (Result<void> done = sqlite::configure(*connection, mode == Mode::ReadOnly); !done)
        return done.error();
    return connection;
}

StorageConnection::~StorageConnection()
{
    m_statements.clear(); // before the connection that they belong to
    QSqlDatabase::removeDatabase(m_name);
}

Result<void> StorageConnection::execute(const QString &sql)
{
    QSqlQuery query(QSqlDatabase::database(m_name, false));
    query.setForwardOnly(true);
    if (!query.exec(sql))
        return storageError(query.lastError(), m_file);
    return {};
}

Result<void> StorageConnection::executePatiently(const QString &sql, std::chrono::milliseconds most)
{
    constexpr std::chrono::milliseconds pause{20};
    QSqlQuery query(QSqlDatabase::database(m_name, false));
    query.setForwardOnly(true);
    for (std::chrono::milliseconds waited{0}; !query.exec(sql); waited += pause) {
        if (!isBusy(query.lastError()) || waited >= most)
            return storageError(query.lastError(), m_file);
        std::this_thread::sleep_for(pause);
    }
    return {};
}

Result<std::unique_ptr<QSqlQuery>> StorageConnection::take(const QString &sql)
{
    if (const auto known = m_statements.find(sql); known != m_statements.end()) {
        std::unique_ptr<QSqlQuery> query = std::move(known->second);
        m_statements.erase(known);
        return query;
    }
    auto query = std::make_unique<QSqlQuery>(QSqlDatabase::database(m_name, false));
    query->setForwardOnly(true);
    if (!query->prepare(sql))
        return storageError(query->lastError(), m_file);
    return query;
}

void StorageConnection::giveBack(const QString &sql, std::unique_ptr<QSqlQuery> query)
{
    query->finish();
    m_statements[sql] = std::move(query);
}

} // namespace flow
