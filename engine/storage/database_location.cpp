// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/database.h"

#include "storage/database_file.h"

#include <QCoreApplication>
#include <QDir>

namespace flow {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("DatabaseLocation", text);
}

} // namespace

Result<DatabaseLocation> DatabaseLocation::fromUrl(const QString &url)
{
    if (PostgresAddress::isMeant(url)) {
        const Result<PostgresAddress> server = PostgresAddress::fromUrl(url);
        return server ? Result<DatabaseLocation>(DatabaseLocation{{}, *server}) : server.error();
    }
    const QString prefix = QStringLiteral("sqlite:///");
    if (!url.startsWith(prefix)) {
        // Only the scheme is repeated: the rest may hold a password.
        const QString scheme = url.section(u':', 0, 0).left(40);
        return Error{.code = ErrorCode::NotOneOf,
                     .reason =
                         tr("The address of the database must be sqlite:///file.db (below the working directory), "
                            "sqlite:////folder/file.db (from the root) or postgresql://user:password@host:port/name"),
                     .value = QStringLiteral("\"%1:...\"").arg(scheme)};
    }
    const QString path = url.mid(prefix.size());
    if (path.isEmpty() || path == QStringLiteral(":memory:"))
        return Error{.code = ErrorCode::NotAllowed,
                     .reason =
                         tr("The address of the database must name a file, such as sqlite:///file.db: what ran has to "
                            "outlive the program"),
                     .value = QStringLiteral("\"%1\"").arg(url)};
    if (path.contains(u'?') || path.contains(QChar(u'\0')))
        return Error{.code = ErrorCode::Syntax,
                     .reason = tr("The address of the database takes no options behind the file"),
                     .value = QStringLiteral("\"%1\"").arg(url.left(200))};
    return DatabaseLocation{QDir::cleanPath(QDir::current().absoluteFilePath(path))};
}

Result<DatabaseLocation> DatabaseLocation::resolved() const
{
    if (server)
        return *this;
    const Result<QString> name = makeDatabaseFile(file);
    return name ? Result<DatabaseLocation>(DatabaseLocation{*name}) : name.error();
}

QString DatabaseLocation::name() const
{
    return server ? server->name() : file;
}

} // namespace flow
