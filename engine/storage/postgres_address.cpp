// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/postgres_address.h"

#include <QCoreApplication>
#include <QUrl>
#include <QUrlQuery>

namespace flow {

namespace {

const QString scheme = QStringLiteral("postgresql");

struct Messages
{
    Q_DECLARE_TR_FUNCTIONS(DatabaseLocation)
};

Error refused(ErrorCode code, const QString &reason)
{
    return {.code = code, .reason = reason};
}

Error notAnAddress()
{
    return refused(ErrorCode::Syntax,
                   Messages::tr("The address of the database must be postgresql://user:password@host:port/name; "
                                "characters such as @ : / ? # % in the user or the password are written as %40 %3A "
                                "%2F %3F %23 %25"));
}

bool isStorable(const QString &text)
{
    return !text.contains(QChar(u'\0'));
}

Result<QString> sslModeOf(const QUrlQuery &query)
{
    QString mode;
    for (const auto &[key, value] : query.queryItems(QUrl::FullyDecoded)) {
        if (key != QStringLiteral("sslmode"))
            return refused(ErrorCode::UnknownField,
                           Messages::tr("The address of the database takes one option behind the name: sslmode"));
        mode = value;
    }
    static const QStringList modes{QStringLiteral("disable"),   QStringLiteral("allow"),
                                   QStringLiteral("prefer"),    QStringLiteral("require"),
                                   QStringLiteral("verify-ca"), QStringLiteral("verify-full")};
    if (!mode.isNull() && !modes.contains(mode))
        return refused(ErrorCode::NotOneOf, Messages::tr("The option sslmode of the database's address must be one "
                                                         "of: %1")
                                                .arg(modes.join(QStringLiteral(", "))));
    return mode;
}

} // namespace

bool PostgresAddress::isMeant(const QString &url)
{
    return url.startsWith(scheme + u':') || url.startsWith(QStringLiteral("postgres:"));
}

Result<PostgresAddress> PostgresAddress::fromUrl(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || !text.contains(QStringLiteral("://")) || url.hasFragment())
        return notAnAddress();
    PostgresAddress address{.host = url.host(), .port = url.port(5432)};
    address.database = url.path(QUrl::FullyDecoded).mid(1);
    address.user = url.userName(QUrl::FullyDecoded);
    address.password = url.password(QUrl::FullyDecoded);
    if (address.port < 1)
        return refused(ErrorCode::OutOfRange,
                       Messages::tr("The port in the database's address must be a number from 1 to 65535"));
    if (address.database.isEmpty() || address.database.contains(u'/'))
        return refused(ErrorCode::MissingField,
                       Messages::tr("The address of the database must end with the name of one database, such as "
                                    "postgresql://host/flows"));
    if (!isStorable(address.database) || !isStorable(address.user) || !isStorable(address.password))
        return notAnAddress();
    const Result<QString> mode = sslModeOf(QUrlQuery(url));
    if (!mode)
        return mode.error();
    address.sslMode = *mode;
    return address;
}

QString PostgresAddress::name() const
{
    QUrl url;
    url.setScheme(scheme);
    url.setHost(host);
    if (!host.isEmpty())
        url.setPort(port);
    url.setPath(u'/' + database);
    return host.isEmpty() ? scheme + QStringLiteral(":///") + database : url.toString();
}

} // namespace flow
