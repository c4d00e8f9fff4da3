// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/owners.h"

namespace flow {

/// Programs that share a SQLite file: a folder beside the database in which each living program holds a locked file.
/// The system drops the lock when a program ends, however it ends. Any thread.
///
/// The folder also carries requests from one program to the one that runs an execution, each an empty file, and says
/// which flows are being deleted, so that nobody starts them meanwhile.
class OwnerFolder final : public Owners
{
public:
    /// Makes the folder and this program's locked file. Io when that cannot be done.
    static Result<std::unique_ptr<OwnerFolder>> join(const QString &databaseFile);
    /// How many programs live; what the dead left in the folder is removed. While nobody joins: the file of one that
    /// does is not locked yet.
    static int countLiving(const QString &databaseFile);
    /// Forgets what was asked and said of executions and flows. While no program lives.
    static void forgetAll(const QString &databaseFile);
    static QString folderOf(const QString &databaseFile);

    QString self() const override { return m_self; }
    std::shared_ptr<const void> presence() const override { return m_lock; }
    /// What a dead one left in the folder is removed.
    bool isAlive(const QString &owner) const override;

    void onReturn(const std::function<void()> &) override {} // the system keeps the lock as long as the program lives

    Result<void> request(const OwnerRequest &request) const override;
    QList<OwnerRequest> requests() const override;
    void dropRequest(const OwnerRequest &request) const override;
    void dropRequests(ExecutionId id) const override;

    bool announceDeletion(const FlowId &id) const override;
    void withdrawDeletion(const FlowId &id) const override;
    bool isBeingDeleted(const FlowId &id) const override;

private:
    /// This program's locked file; goes with the last who keeps it.
    class Lock
    {
    public:
        Lock(QString file, int descriptor);
        ~Lock();
        Q_DISABLE_COPY_MOVE(Lock)

    private:
        QString m_file;
        int m_descriptor;
    };

    OwnerFolder(QString folder, QString self, std::shared_ptr<const Lock> lock);
    static bool holdsLock(const QString &path);
    static QString lockFile(const QString &folder, const QString &owner);
    QString requestFile(const OwnerRequest &request) const;
    QString deletionFile(const FlowId &id) const;

    QString m_folder;
    QString m_self;
    std::shared_ptr<const Lock> m_lock;
};

} // namespace flow
