// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

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
    enum class Mode { ReadWrite, ReadOnly };

    /// Opens an existing file and sets what SQLite forgets with each connection (foreign keys, busy timeout, ...).
    static Result<std::unique_ptr<StorageConnection>> open(const QString &file, Mode mode);
    ~StorageConnection();
    Q_DISABLE_COPY_MOVE(StorageConnection)

    /// Runs one statement that gives no rows and is not worth keeping: PRAGMA, DDL, BEGIN.
    Result<void> execute(const QString &sql);
    /// The same for a statement that would fail at once while another program keeps the database busy: again and again
    /// for at most so long.
    Result<void> executePatiently(const QString &sql, std::chrono::milliseconds most);

    const QString &file() const { return m_file; }

private:
    friend class Statement;
    StorageConnection(QString file, QString name);

    /// A prepared statement, from the cache when there is one. It comes back with giveBack().
    Result<std::unique_ptr<QSqlQuery>> take(const QString &sql);
    void giveBack(const QString &sql, std::unique_ptr<QSqlQuery> query);

    QString m_file;
    QString m_name;
    std::unordered_map<QString, std::unique_ptr<QSqlQuery>> m_statements;
};

} // namespace flow
