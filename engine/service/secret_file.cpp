// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/secret_file.h"

#include "base/json.h"
#include "service/private_file.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonObject>
#include <QLockFile>
#include <QSaveFile>

namespace flow {

namespace {

constexpr QFile::Permissions ownerOnly = QFile::ReadOwner | QFile::WriteOwner;
constexpr QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
constexpr int lockMilliseconds = 10'000;

/// In short turns, because one long try looks less often the longer it waits.
bool takeTurn(QLockFile &lock)
{
    const QDeadlineTimer deadline(lockMilliseconds);
    while (!lock.tryLock(20)) {
        if (deadline.hasExpired() || lock.error() != QLockFile::LockFailedError)
            return false;
    }
    return true;
}

} // namespace

SecretFile::SecretFile(const QString &dataDir)
    : m_path(QDir(dataDir).filePath(QStringLiteral("secrets")))
{
}

Result<SecretFile::Secrets> SecretFile::read() const
{
    QFile file(m_path);
    if (!file.exists())
        return Secrets();
    if (QFileInfo(m_path).permissions() & others)
        return problem(ErrorCode::NotAllowed, tr("may be read by other users; run chmod 600 on it, and better replace "
                                                 "the secrets that were in it"));
    if (!file.open(QIODevice::ReadOnly))
        return problem(ErrorCode::Io, tr("cannot be read: %1").arg(file.errorString()));
    // What is wrong with the text is not told, because that would show some of it.
    const json::Parsed parsed = json::parse(file.readAll());
    Secrets secrets;
    bool isGood = parsed.errors.isEmpty() && parsed.value.isObject();
    const QJsonObject object = parsed.value.toObject();
    for (auto secret = object.begin(); secret != object.end(); ++secret) {
        isGood = isGood && secret->isString();
        secrets.insert(secret.key(), secret->toString());
    }
    if (!isGood)
        return problem(ErrorCode::Corrupt, tr("must hold a JSON object of names and texts, and does not"));
    return secrets;
}

Result<void> SecretFile::write(const Secrets &secrets) const
{
    QJsonObject object;
    for (auto secret = secrets.begin(); secret != secrets.end(); ++secret)
        object.insert(secret.key(), secret.value());
    const QByteArray text = json::write(object);
    QSaveFile file(m_path);
    // Nobody else may read it, also while it is written.
    const bool written = file.open(QIODevice::WriteOnly) && file.setPermissions(ownerOnly) &&
                         file.write(text) == text.size() && file.commit();
    return written ? Result<void>() : problem(ErrorCode::Io, tr("cannot be written: %1").arg(file.errorString()));
}

template <typename Change>
Result<void> SecretFile::update(const Change &change) const
{
    if (const Result<void> made = makePrivateFolder(QFileInfo(m_path).absolutePath()); !made)
        return made.error();
    QLockFile lock(m_path + QStringLiteral(".lock"));
    if (!takeTurn(lock))
        return problem(ErrorCode::Io, tr("is being changed by another program, or its folder cannot be written to"));
    Result<Secrets> secrets = read();
    if (!secrets)
        return secrets.error();
    if (const Result<void> changed = change(*secrets); !changed)
        return changed;
    return write(*secrets);
}

Result<QString> SecretFile::secret(const QString &name, const CancelToken &) const
{
    const Result<Secrets> secrets = read();
    if (!secrets)
        return secrets.error();
    const auto found = secrets->constFind(name);
    return found == secrets->constEnd() ? Result<QString>(unknownSecret(name)) : Result<QString>(*found);
}

Result<void> SecretFile::set(const QString &name, const QString &value)
{
    if (const Result<void> valid = checkSecret(name, value); !valid)
        return valid;
    return update([&](Secrets &secrets) -> Result<void> {
        secrets.insert(name, value);
        return {};
    });
}

Result<void> SecretFile::remove(const QString &name)
{
    return update([&](Secrets &secrets) -> Result<void> {
        return secrets.remove(name) > 0 ? Result<void>() : Result<void>(unknownSecret(name));
    });
}

Result<QStringList> SecretFile::names() const
{
    const Result<Secrets> secrets = read();
    return secrets ? Result<QStringList>(secrets->keys()) : secrets.error();
}

} // namespace flow
