// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/existing_file.h"
#include "base/result.h"

#include <QString>
#include <QStringList>

#include <memory>

class QSqlDatabase;
class QSqlError;

namespace flow {

class StorageConnection;
struct DatabaseLocation;

/// Tells one commit of a writer from all others. Without a writer it is not marked.
struct CommitMark
{
    QString writer; ///< a UUID
    qint64 number = 0;
};

/// What only one kind of database understands: how to connect, its transactions, its errors, the version of its schema.
/// All other SQL of this library is the dialect that SQLite and PostgreSQL share. Knows one database and changes
/// nothing of itself; any thread. Functions with a connection: on the connection's thread.
class StorageBackend
{
public:
    enum class Access { ReadWrite, ReadOnly };

    /// `name`: what errors call the database. Never holds a password.
    explicit StorageBackend(QString name);
    virtual ~StorageBackend();
    Q_DISABLE_COPY_MOVE(StorageBackend)

    const QString &name() const { return m_name; }
    /// What a failure means, and what to do.
    virtual Error error(const QSqlError &error) const = 0;

    // Connecting.
    virtual Result<void> beforeOpening() const = 0; ///< once, before the first connection: makes and checks files
    virtual QString driver() const = 0;             ///< its name in Qt
    virtual Result<void> checkDriver() const = 0;
    virtual void describe(QSqlDatabase &database, Access access) const = 0;
    /// Sets what the database forgets with each connection.
    virtual Result<void> configure(StorageConnection &connection, Access access) const = 0;
    /// Once, on the first connection, when the version of the schema is known to be one of ours: looks for damage, and
    /// makes what the backend needs for itself.
    virtual Result<void> check(StorageConnection &connection) const = 0;
    /// Whether several statements of one connection may hand out their rows in turns only when each keeps all of its
    /// rows.
    virtual bool keepsRows() const = 0;

    // Transactions. Only one program at a time is between beginWriting() and its end.
    virtual Result<void> beginWriting(StorageConnection &connection) const = 0;
    virtual Result<void> beginReading(StorageConnection &connection) const = 0; ///< a steady view for several reads
    /// Of a transaction that writes. The mark goes with it, for wasCommitted().
    virtual Result<void> commit(StorageConnection &connection, const CommitMark &mark) const = 0;
    virtual void rollback(StorageConnection &connection) const = 0;
    virtual Result<void> beginJob(StorageConnection &connection) const = 0; ///< a savepoint
    virtual Result<void> undoJob(StorageConnection &connection) const = 0;  ///< back to it; still inside of it
    virtual Result<void> endJob(StorageConnection &connection) const = 0;
    /// Whether a commit waits until the disk has it, or only the operating system. Not inside a transaction.
    virtual Result<void> setDurable(StorageConnection &connection, bool durable) const = 0;
    /// On a new connection: whether the last commit of that writer, whose connection was lost in it, is kept. False
    /// means that it never will be.
    virtual Result<bool> wasCommitted(StorageConnection &connection, const CommitMark &mark) const = 0;

    // Schema.
    /// 0 for a database without tables of ours; Corrupt when it belongs to another program.
    virtual Result<int> schemaVersion(StorageConnection &connection) const = 0;
    virtual Result<void> setSchemaVersion(StorageConnection &connection, int version) const = 0;
    /// A statement of a migration, which is written for SQLite, in this database's words; empty when it needs none.
    virtual QString schemaStatement(const QString &sql) const = 0;
    /// Before a migration changes data.
    virtual Result<void> backUp(StorageConnection &connection, int version) const = 0;
    /// After a migration of a database that was there before.
    virtual Result<void> afterMigrating(StorageConnection &connection) const = 0;

    // Space.
    /// Inside a writing transaction: gives up to so many free pages back to the file system; false when there are none,
    /// or when the database does that itself.
    virtual Result<bool> giveBack(StorageConnection &connection, int pages) const = 0;
    /// Not inside a transaction: shortens what is kept beside the data, unless somebody needs it just now.
    virtual Result<void> tidyUp(StorageConnection &connection) const = 0;
    /// A copy of everything in a file, errors as of backupTarget(); NotAllowed where another tool has to do that.
    virtual Result<void> backUpTo(StorageConnection &connection, const QString &file, ExistingFile existing) const = 0;
    /// What is wrong with the data below our tables; empty when nothing is.
    virtual Result<QStringList> damage(StorageConnection &connection) const = 0;
    /// Bytes of all data, with what is free in it.
    virtual Result<qint64> size(StorageConnection &connection) const = 0;
    virtual Result<qint64> freeBytes(StorageConnection &connection) const = 0;

private:
    const QString m_name;
};

/// The backend for where the data lives.
std::shared_ptr<const StorageBackend> storageBackend(const DatabaseLocation &location);

} // namespace flow
