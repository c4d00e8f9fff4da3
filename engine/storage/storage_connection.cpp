// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/storage_connection.h"

#include "storage/sqlite_backend.h"
#include "storage/storage_error.h"

#include <QCoreApplication>
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

StorageConnection::StorageConnection(std::shared_ptr<const StorageBackend> backend, Mode mode)
    : m_backend(std::move(backend))
    , m_mode(mode)
    , m_name(freshName())
{
}

Result<std::unique_ptr<StorageConnection>> StorageConnection::open(std::shared_ptr<const StorageBackend> backend,
                                                                   Mode mode)
{
    if (Result<void> there = backend->checkDriver(); !there)
        return there.error();
    std::unique_ptr<StorageConnection> connection(new StorageConnection(std::move(backend), mode));
    if (Result<void> done = connection->connect(); !done)
        return done.error();
    return connection;
}

Result<std::unique_ptr<StorageConnection>> StorageConnection::open(const QString &file, Mode mode)
{
    return open(std::make_shared<SqliteBackend>(file), mode);
}

StorageConnection::~StorageConnection()
{
    disconnect();
}

Result<void> StorageConnection::connect()
{
    QSqlDatabase database = QSqlDatabase::addDatabase(m_backend->driver(), m_name);
    m_backend->describe(database, m_mode);
    if (!database.open())
        return m_backend->error(database.lastError());
    return m_backend->configure(*this, m_mode);
}

void StorageConnection::disconnect()
{
    // The connection first: it frees its statements itself, while a statement cannot be freed where it is lost.
    QSqlDatabase::removeDatabase(m_name);
    m_statements.clear();
}

bool StorageConnection::isLost() const
{
    return !QSqlDatabase::database(m_name, false).isOpen();
}

Error StorageConnection::lost() const
{
    return m_backend->error(QSqlError({}, QCoreApplication::translate("StorageError", "the connection was lost"),
                                      QSqlError::ConnectionError));
}

Result<void> StorageConnection::reopen()
{
    disconnect();
    return connect();
}

Result<void> StorageConnection::execute(const QString &sql)
{
    QSqlQuery query(QSqlDatabase::database(m_name, false));
    query.setForwardOnly(!m_backend->keepsRows());
    if (isLost())
        return lost();
    bool done = query.exec(sql);
    while (done && query.nextResult()) {
        // what the next statement has to say
    }
    if (!done || query.lastError().isValid())
        return m_backend->error(query.lastError());
    return {};
}

Result<void> StorageConnection::executePatiently(const QString &sql, std::chrono::milliseconds most)
{
    constexpr std::chrono::milliseconds pause{20};
    QSqlQuery query(QSqlDatabase::database(m_name, false));
    query.setForwardOnly(true);
    for (std::chrono::milliseconds waited{0}; !query.exec(sql); waited += pause) {
        if (!isBusy(query.lastError()) || waited >= most)
            return m_backend->error(query.lastError());
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
    if (isLost())
        return lost();
    auto query = std::make_unique<QSqlQuery>(QSqlDatabase::database(m_name, false));
    query->setForwardOnly(!m_backend->keepsRows());
    if (!query->prepare(sql))
        return m_backend->error(query->lastError());
    return query;
}

void StorageConnection::giveBack(const QString &sql, std::unique_ptr<QSqlQuery> query)
{
    query->finish();
    m_statements[sql] = std::move(query);
}

} // namespace flow
