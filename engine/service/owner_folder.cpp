// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/owner_folder.h"

#include "service/private_file.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QUuid>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace flow {

namespace {

Error folderError(const QString &folder)
{
    return Error{
        .code = ErrorCode::Io,
        .reason = QStringLiteral("this folder cannot be written: %1").arg(QString::fromLocal8Bit(std::strerror(errno))),
        .file = folder};
}

bool sameFile(int descriptor, const QByteArray &path)
{
    struct stat held = {};
    struct stat named = {};
    return ::fstat(descriptor, &held) == 0 && ::stat(path.constData(), &named) == 0 && held.st_ino == named.st_ino &&
           held.st_dev == named.st_dev;
}

} // namespace

QString OwnerFolder::lockFile(const QString &folder, const QString &owner)
{
    return folder + QStringLiteral("/owner-") + owner + QStringLiteral(".lock");
}

QString OwnerFolder::folderOf(const QString &databaseFile)
{
    return databaseFile + QStringLiteral("-owners");
}

int OwnerFolder::countLiving(const QString &databaseFile)
{
    const QDir folder(folderOf(databaseFile));
    const QStringList names = folder.entryList({QStringLiteral("owner-*.lock")}, QDir::Files);
    return int(std::count_if(names.begin(), names.end(),
                             [&](const QString &name) { return holdsLock(folder.filePath(name)); }));
}

void OwnerFolder::forgetAll(const QString &databaseFile)
{
    QDir folder(folderOf(databaseFile));
    for (const QString &name :
         folder.entryList(QDir::Files | QDir::System)) // links that lead nowhere are of the latter
        folder.remove(name);
}

Result<std::unique_ptr<OwnerFolder>> OwnerFolder::join(const QString &databaseFile)
{
    const QString folder = folderOf(databaseFile);
    if (const Result<void> made = makePrivateFolder(folder); !made)
        return made.error();
    const QString self = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const QByteArray path = QFile::encodeName(lockFile(folder, self));
    // Close-on-exec: a task's process must not keep the lock after this program is gone.
    const int descriptor = ::open(path.constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return folderError(folder);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 || !sameFile(descriptor, path)) {
        const Error error = folderError(folder);
        ::close(descriptor);
        return error;
    }
    return std::unique_ptr<OwnerFolder>(
        new OwnerFolder(folder, self, std::make_shared<const Lock>(lockFile(folder, self), descriptor)));
}

OwnerFolder::OwnerFolder(QString folder, QString self, std::shared_ptr<const Lock> lock)
    : m_folder(std::move(folder))
    , m_self(std::move(self))
    , m_lock(std::move(lock))
{
}

OwnerFolder::Lock::Lock(QString file, int descriptor)
    : m_file(std::move(file))
    , m_descriptor(descriptor)
{
}

OwnerFolder::Lock::~Lock()
{
    QFile::remove(m_file);
    ::close(m_descriptor);
}

bool OwnerFolder::isAlive(const QString &owner) const
{
    if (owner == m_self)
        return true;
    if (owner.isEmpty() || owner.contains(u'/'))
        return false;
    return holdsLock(lockFile(m_folder, owner));
}

bool OwnerFolder::holdsLock(const QString &path)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0)
        return errno != ENOENT; // anything else (no descriptor is left, for instance) says nothing about the owner
    // Whoever can lock the file has shown that its owner is gone.
    const bool isGone = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0;
    if (isGone)
        QFile::remove(path);
    ::close(descriptor);
    return !isGone;
}

QString OwnerFolder::requestFile(const OwnerRequest &request) const
{
    return m_folder + u'/' + toString(request.what) + u'-' + QString::number(request.executionId);
}

Result<void> OwnerFolder::request(const OwnerRequest &request) const
{
    const int descriptor =
        ::open(QFile::encodeName(requestFile(request)).constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return folderError(m_folder);
    ::close(descriptor);
    return {};
}

QList<OwnerRequest> OwnerFolder::requests() const
{
    QList<OwnerRequest> found;
    for (const QString &name : QDir(m_folder).entryList(QDir::Files)) {
        const qsizetype dash = name.indexOf(u'-');
        if (dash < 0)
            continue;
        const std::optional<OwnerRequest::What> what = ownerRequestFromString(QStringView(name).first(dash));
        if (const ExecutionId id = name.mid(dash + 1).toLongLong(); what && id > 0)
            found.append({id, *what});
    }
    return found;
}

void OwnerFolder::dropRequest(const OwnerRequest &request) const
{
    QFile::remove(requestFile(request));
}

void OwnerFolder::dropRequests(ExecutionId id) const
{
    for (const OwnerRequest::What what : ownerRequests)
        dropRequest({id, what});
}

/// A symbolic link that leads to the owner's id: made and read in one step.
QString OwnerFolder::deletionFile(const FlowId &id) const
{
    const QByteArray hash = QCryptographicHash::hash(id.toUtf8(), QCryptographicHash::Sha256).toHex();
    return m_folder + QStringLiteral("/deleting-") + QString::fromLatin1(hash);
}

bool OwnerFolder::announceDeletion(const FlowId &id) const
{
    const auto announce = [&] {
        return ::symlink(m_self.toLatin1().constData(), QFile::encodeName(deletionFile(id)).constData()) == 0;
    };
    return announce() || (errno == EEXIST && !isBeingDeleted(id) && announce());
}

void OwnerFolder::withdrawDeletion(const FlowId &id) const
{
    ::unlink(QFile::encodeName(deletionFile(id)).constData());
}

bool OwnerFolder::isBeingDeleted(const FlowId &id) const
{
    char owner[64] = {};
    if (::readlink(QFile::encodeName(deletionFile(id)).constData(), owner, sizeof owner - 1) < 0)
        return false;
    if (isAlive(QString::fromLatin1(owner)))
        return true;
    withdrawDeletion(id);
    return false;
}

} // namespace flow
