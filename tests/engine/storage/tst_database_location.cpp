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
    QTest::newRow("postgres") << QStringLiteral("postgresql://me:secret@host/db") << ErrorCode::NotOneOf;
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

void TestDatabaseLocation::neverRepeatsAPassword()
{
    const Result<DatabaseLocation> location = DatabaseLocation::fromUrl(QStringLiteral("mysql://me:secret@host/db"));
    QVERIFY(!location.ok());
    QVERIFY2(!location.error().text().contains(QStringLiteral("secret")), qPrintable(location.error().text()));
    QVERIFY(location.error().text().contains(QStringLiteral("sqlite:///")));
}

QTEST_GUILESS_MAIN(TestDatabaseLocation)
#include "tst_database_location.moc"
