// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "storage/storage_backend.h"

#include <QSqlQuery>
#include <QString>

#include <chrono>
#include <memory>
#include <unordered_map>

namespace flow {

/// One connection to the database with its prepared statements. Lives on the thread that opened it.
class StorageConnection
{
public:
    using Mode = StorageBackend::Access;

    /// Opens a database that exists and sets what it forgets with each connection.
    static Result<std::unique_ptr<StorageConnection>> open(std::shared_ptr<const StorageBackend> backend, Mode mode);
    /// The same for a SQLite file.
    static Result<std::unique_ptr<StorageConnection>> open(const QString &file, Mode mode);
    ~StorageConnection();
    Q_DISABLE_COPY_MOVE(StorageConnection)

    /// Runs one statement that gives no rows and is not worth keeping: PRAGMA, DDL, BEGIN. Several, parted by
    /// semicolons, where the backend takes them.
    Result<void> execute(const QString &sql);
    /// The same for a statement that would fail at once while another program keeps the database busy: again and again
    /// for at most so long.
    Result<void> executePatiently(const QString &sql, std::chrono::milliseconds most);

    /// The server or the way to it is gone; every statement fails until reopen().
    bool isLost() const;
    /// Connects anew, as open() did.
    Result<void> reopen();

    const StorageBackend &backend() const { return *m_backend; }
    /// What errors call the database.
    const QString &file() const { return m_backend->name(); }

private:
    friend class Statement;
    StorageConnection(std::shared_ptr<const StorageBackend> backend, Mode mode);

    Error lost() const;
    Result<void> connect();
    void disconnect();
    /// A prepared statement, from the cache when there is one. It comes back with giveBack().
    Result<std::unique_ptr<QSqlQuery>> take(const QString &sql);
    void giveBack(const QString &sql, std::unique_ptr<QSqlQuery> query);

    std::shared_ptr<const StorageBackend> m_backend;
    Mode m_mode;
    QString m_name;
    std::unordered_map<QString, std::unique_ptr<QSqlQuery>> m_statements;
};

} // namespace flow
