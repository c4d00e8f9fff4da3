// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/access_token.h"

#include "service/private_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTemporaryFile>

#include <algorithm>

namespace flow {

namespace {

constexpr qsizetype digits = 64;

QByteArray newToken()
{
    std::array<quint32, 8> random{};
    QRandomGenerator::system()->fillRange(random.data(), static_cast<qsizetype>(random.size()));
    return QByteArray(reinterpret_cast<const char *>(random.data()), sizeof(random)).toHex();
}

Result<QByteArray> readToken(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{.code = ErrorCode::Io,
                     .reason = QStringLiteral("cannot be read: %1").arg(file.errorString()),
                     .file = path};
    if (QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther))
        return Error{
            .code = ErrorCode::NotAllowed,
            .reason = QStringLiteral("may be read by other users; delete it for a new token, or run chmod 600 on it"),
            .file = path};
    const QByteArray token = file.read(digits + 16).trimmed();
    const bool hex = std::all_of(token.begin(), token.end(),
                                 [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
    if (token.size() != digits || !hex)
        return Error{.code = ErrorCode::Corrupt,
                     .reason =
                         QStringLiteral("does not hold a token of 64 hexadecimal digits; delete it for a new one"),
                     .file = path};
    return token;
}

} // namespace

QString accessTokenFile(const QString &dataDir)
{
    return QDir(dataDir).filePath(QStringLiteral("token"));
}

Result<QByteArray> accessToken(const QString &dataDir)
{
    const QString path = accessTokenFile(dataDir);
    if (QFileInfo::exists(path))
        return readToken(path);
    if (const Result<void> made = makePrivateFolder(dataDir); !made)
        return made.error();

    // Written beside and linked into place, so that of two programs starting at once both end with the same token.
    QTemporaryFile fresh(path + QStringLiteral(".XXXXXX"));
    const QByteArray token = newToken();
    if (!fresh.open() || fresh.write(token + '\n') < 0 || !fresh.flush())
        return Error{.code = ErrorCode::Io,
                     .reason = QStringLiteral("cannot be written: %1").arg(fresh.errorString()),
                     .file = path};
    if (!linkFile(fresh.fileName(), path) && !QFileInfo::exists(path))
        return Error{.code = ErrorCode::Io, .reason = QStringLiteral("cannot be made in this folder"), .file = path};
    return readToken(path);
}

} // namespace flow
