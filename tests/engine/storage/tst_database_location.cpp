// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/database.h"
#include "support/flow_test.h"

#include <QDir>

using namespace flow;

class TestDatabaseLocation : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void fromUrl_data();
    void fromUrl();
    void refused_data();
    void refused();
    void server_data();
    void server();
    void neverRepeatsAPassword_data();
    void neverRepeatsAPassword();
};

void TestDatabaseLocation::fromUrl_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("file");
    QTest::newRow("relative") << QStringLiteral("sqlite:///flows.db")
                              << QDir::current().absoluteFilePath(QStringLiteral("flows.db"));
    QTest::newRow("relative in folder") << QStringLiteral("sqlite:///data/flows.db")
                                        << QDir::current().absoluteFilePath(QStringLiteral("data/flows.db"));
    QTest::newRow("absolute") << QStringLiteral("sqlite:////var/lib/flows.db") << QStringLiteral("/var/lib/flows.db");
    QTest::newRow("dots") << QStringLiteral("sqlite:////var/lib/../flows.db") << QStringLiteral("/var/flows.db");
    QTest::newRow("space") << QStringLiteral("sqlite:////my data/flows.db") << QStringLiteral("/my data/flows.db");
}

void TestDatabaseLocation::fromUrl()
{
    QFETCH(QString, url);
    QFETCH(QString, file);
    const Result<DatabaseLocation> location = DatabaseLocation::fromUrl(url);
    QVERIFY(location.ok());
    QCOMPARE(location->file, file);
}

void TestDatabaseLocation::refused_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("other scheme") << QStringLiteral("mysql://me:secret@host/db") << ErrorCode::NotOneOf;
    QTest::newRow("no slashes") << QStringLiteral("postgresql:flows") << ErrorCode::Syntax;
    QTest::newRow("no database") << QStringLiteral("postgresql://host") << ErrorCode::MissingField;
    QTest::newRow("empty database") << QStringLiteral("postgresql://host/") << ErrorCode::MissingField;
    QTest::newRow("two databases") << QStringLiteral("postgresql://host/a/b") << ErrorCode::MissingField;
    QTest::newRow("port 0") << QStringLiteral("postgresql://host:0/db") << ErrorCode::OutOfRange;
    QTest::newRow("port too large") << QStringLiteral("postgresql://host:65536/db") << ErrorCode::Syntax;
    QTest::newRow("port not a number") << QStringLiteral("postgresql://host:x/db") << ErrorCode::Syntax;
    QTest::newRow("slash in password") << QStringLiteral("postgresql://me:a/b@host/db") << ErrorCode::Syntax;
    QTest::newRow("question mark in password") << QStringLiteral("postgresql://me:a?b@host/db") << ErrorCode::Syntax;
    QTest::newRow("number sign in password") << QStringLiteral("postgresql://me:a#b@host/db") << ErrorCode::Syntax;
    QTest::newRow("U+0000") << QStringLiteral("postgresql://me:a%00b@host/db") << ErrorCode::Syntax;
    QTest::newRow("unknown option") << QStringLiteral("postgresql://host/db?timeout=3") << ErrorCode::UnknownField;
    QTest::newRow("unknown sslmode") << QStringLiteral("postgresql://host/db?sslmode=on") << ErrorCode::NotOneOf;
    QTest::newRow("plain path") << QStringLiteral("/var/lib/flows.db") << ErrorCode::NotOneOf;
    QTest::newRow("empty") << QString() << ErrorCode::NotOneOf;
    QTest::newRow("two slashes") << QStringLiteral("sqlite://flows.db") << ErrorCode::NotOneOf;
    QTest::newRow("no file") << QStringLiteral("sqlite:///") << ErrorCode::NotAllowed;
    QTest::newRow("memory") << QStringLiteral("sqlite:///:memory:") << ErrorCode::NotAllowed;
    QTest::newRow("options") << QStringLiteral("sqlite:///flows.db?mode=ro") << ErrorCode::Syntax;
}

void TestDatabaseLocation::refused()
{
    QFETCH(QString, url);
    QFETCH(ErrorCode, code);
    const Result<DatabaseLocation> location = DatabaseLocation::fromUrl(url);
    QVERIFY(!location.ok());
    QCOMPARE(location.error().code, code);
    QVERIFY(!location.error().reason.isEmpty());
}

void TestDatabaseLocation::server_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QStringList>("parts"); // host, port, database, user, password, sslmode
    QTest::addColumn<QString>("name");
    QTest::newRow("all") << QStringLiteral("postgresql://me:secret@db.example:5433/flows?sslmode=require")
                         << QStringLiteral("db.example 5433 flows me secret require").split(u' ')
                         << QStringLiteral("postgresql://db.example:5433/flows");
    QTest::newRow("short scheme") << QStringLiteral("postgres://me:secret@host/flows")
                                  << QStringLiteral("host 5432 flows me secret ").split(u' ')
                                  << QStringLiteral("postgresql://host:5432/flows");
    QTest::newRow("socket of this computer")
        << QStringLiteral("postgresql:///flows") << QStringLiteral(" 5432 flows   ").split(u' ')
        << QStringLiteral("postgresql:///flows");
    QTest::newRow("percent-encoded") << QStringLiteral("postgresql://m%40e:%2Fs%3Ae%25c@host/my%20flows")
                                     << QStringList{QStringLiteral("host"),     QStringLiteral("5432"),
                                                    QStringLiteral("my flows"), QStringLiteral("m@e"),
                                                    QStringLiteral("/s:e%c"),   QString()}
                                     << QStringLiteral("postgresql://host:5432/my flows");
    QTest::newRow("IPv6") << QStringLiteral("postgresql://[::1]:6000/flows")
                          << QStringLiteral("::1 6000 flows   ").split(u' ')
                          << QStringLiteral("postgresql://[::1]:6000/flows");
}

void TestDatabaseLocation::server()
{
    QFETCH(QString, url);
    QFETCH(QStringList, parts);
    QFETCH(QString, name);
    const Result<DatabaseLocation> location = DatabaseLocation::fromUrl(url);
    QVERIFY2(location.ok(), location.ok() ? "" : qPrintable(location.error().text()));
    QVERIFY(location->server);
    const PostgresAddress &server = *location->server;
    QCOMPARE((QStringList{server.host, QString::number(server.port), server.database, server.user, server.password,
                          server.sslMode}),
             parts);
    QCOMPARE(location->name(), name);
}

void TestDatabaseLocation::neverRepeatsAPassword_data()
{
    QTest::addColumn<QString>("url");
    for (const char *url :
         {"mysql://me:secret@host/db", "postgresql://me:secret@host", "postgresql://me:secret@host:x/db",
          "postgresql://me:se/secret@host/db", "postgresql://me:secret@host/db?secret=1",
          "postgresql://me:secret@host/db?sslmode=secret", "postgresql:me:secret@host/db"})
        QTest::newRow(url) << QString::fromLatin1(url);
}

void TestDatabaseLocation::neverRepeatsAPassword()
{
    QFETCH(QString, url);
    const Result<DatabaseLocation> location = DatabaseLocation::fromUrl(url);
    QVERIFY(!location.ok());
    QVERIFY2(!location.error().text().contains(QStringLiteral("secret")), qPrintable(location.error().text()));
    QVERIFY(location.error().text().contains(QStringLiteral("database")));
}

QTEST_GUILESS_MAIN(TestDatabaseLocation)
#include "tst_database_location.moc"
