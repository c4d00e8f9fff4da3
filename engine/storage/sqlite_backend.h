// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/storage_backend.h"

namespace flow {

/// A SQLite file; see sqlite_file.h.
class SqliteBackend final : public StorageBackend
{
public:
    explicit SqliteBackend(const QString &file);

    Error error(const QSqlError &error) const override;

    Result<void> beforeOpening() const override;
    QString driver() const override;
    Result<void> checkDriver() const override;
    void describe(QSqlDatabase &database, Access access) const override;
    Result<void> configure(StorageConnection &connection, Access access) const override;
    Result<void> check(StorageConnection &connection) const override;
    bool keepsRows() const override { return false; }

    Result<void> beginWriting(StorageConnection &connection) const override;
    Result<void> beginReading(StorageConnection &connection) const override;
    Result<void> commit(StorageConnection &connection, const CommitMark &mark) const override;
    void rollback(StorageConnection &connection) const override;
    Result<void> beginJob(StorageConnection &connection) const override;
    Result<void> undoJob(StorageConnection &connection) const override;
    Result<void> endJob(StorageConnection &connection) const override;
    Result<void> setDurable(StorageConnection &connection, bool durable) const override;
    Result<bool> wasCommitted(StorageConnection &connection, const CommitMark &mark) const override;

    Result<int> schemaVersion(StorageConnection &connection) const override;
    Result<void> setSchemaVersion(StorageConnection &connection, int version) const override;
    QString schemaStatement(const QString &sql) const override;
    Result<void> backUp(StorageConnection &connection, int version) const override;
    Result<void> afterMigrating(StorageConnection &connection) const override;
    Result<bool> giveBack(StorageConnection &connection, int pages) const override;
    Result<void> tidyUp(StorageConnection &connection) const override;
    Result<void> backUpTo(StorageConnection &connection, const QString &file, ExistingFile existing) const override;
    Result<QStringList> damage(StorageConnection &connection) const override;
    Result<qint64> size(StorageConnection &connection) const override;
    Result<qint64> freeBytes(StorageConnection &connection) const override;
};

} // namespace flow
