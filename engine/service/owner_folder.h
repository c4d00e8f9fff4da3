// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "base/result.h"

#include <QList>
#include <QString>

#include <memory>

namespace flow {

/// How programs that share a database know of each other: a folder beside the database in which each living program
/// holds a locked file. The system drops the lock when a program ends, however it ends. Any thread.
///
/// The folder also carries requests to cancel an execution from one program to the one that runs it, and says which
/// flows are being deleted, so that nobody starts them meanwhile.
class OwnerFolder
{
public:
    /// Makes the folder and this program's locked file. Io when that cannot be done.
    static Result<std::unique_ptr<OwnerFolder>> join(const QString &databaseFile);
    /// Gives the lock up.
    ~OwnerFolder();
    OwnerFolder(const OwnerFolder &) = delete;
    OwnerFolder &operator=(const OwnerFolder &) = delete;

    /// This program's id: what its executions carry as owner.
    QString self() const { return m_self; }
    /// Whether the program of that id still runs. What a dead one left in the folder is removed.
    bool isAlive(const QString &owner) const;

    /// Asks the program that runs the execution to cancel it.
    Result<void> requestCancel(ExecutionId id) const;
    /// The executions somebody asked to cancel.
    QList<ExecutionId> cancelRequests() const;
    void dropCancelRequest(ExecutionId id) const;

    /// Says that this program deletes the flow; false when that is said already or cannot be.
    bool announceDeletion(const FlowId &id) const;
    void withdrawDeletion(const FlowId &id) const;
    /// Whether a living program deletes the flow, this one included. What a dead one left is removed.
    bool isBeingDeleted(const FlowId &id) const;

private:
    OwnerFolder(QString folder, QString self, int descriptor);
    static QString lockFile(const QString &folder, const QString &owner);
    QString deletionFile(const FlowId &id) const;

    QString m_folder;
    QString m_self;
    int m_descriptor;
};

} // namespace flow
