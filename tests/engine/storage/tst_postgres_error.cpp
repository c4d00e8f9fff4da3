// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/postgres_error.h"
#include "support/flow_test.h"

using namespace flow;

class TestPostgresError : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void codes_data();
    void codes();
    void showsNoRowsAndStatements();
};

void TestPostgresError::codes_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("text");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("says"); // part of the reason
    const auto row = [](const char *name, const char *state, ErrorCode code, const char *says,
                        const char *text = "no") {
        QTest::newRow(name) << QString::fromLatin1(state) << QString::fromLatin1(text) << code
                            << QString::fromLatin1(says);
    };
    row("unique", "23505", ErrorCode::Conflict, "in the database already");
    row("foreign key", "23503", ErrorCode::UnknownReference, "no longer in the database");
    row("not null", "23502", ErrorCode::OutOfRange, "does not accept this value: no");
    row("check", "23514", ErrorCode::OutOfRange, "does not accept this value: no");
    row("number too large", "22003", ErrorCode::OutOfRange, "does not accept this value: no");
    row("disk full", "53100", ErrorCode::Full, "no space left");
    row("too many connections", "53300", ErrorCode::Io, "no free connection (no)");
    row("memory", "53200", ErrorCode::Io, "out of memory");
    row("too large", "54000", ErrorCode::TooLarge, "too large");
    row("lock not granted", "55P03", ErrorCode::Io, "busy");
    row("deadlock", "40P01", ErrorCode::Io, "busy");
    row("standby", "25006", ErrorCode::Io, "can only be read");
    row("no right", "42501", ErrorCode::Io, "may not do this");
    row("password", "28P01", ErrorCode::Io, "does not let the user in");
    row("no such database", "3D000", ErrorCode::Io, "no such database");
    row("shut down", "57P01", ErrorCode::Io, "does not answer");
    row("connection", "08006", ErrorCode::Io, "does not answer");
    row("damaged", "XX001", ErrorCode::Corrupt, "damaged");
    row("damaged index", "XX002", ErrorCode::Corrupt, "damaged");
    row("something else", "42601", ErrorCode::Internal, "The database reports: no");
    row("connection without a code", "", ErrorCode::Io, "does not answer", "server closed the connection unexpectedly");
    row("password without a code", "", ErrorCode::Io, "does not let the user in",
        "FATAL: password authentication failed for user \"x\"");
    row("host without a code", "", ErrorCode::Io, "does not let the user in", "FATAL: no pg_hba.conf entry for host");
    row("database without a code", "", ErrorCode::Io, "no such database", "FATAL: database \"x\" does not exist");
    row("connections without a code", "", ErrorCode::Io, "no free connection",
        "FATAL: sorry, too many clients already");
}

void TestPostgresError::codes()
{
    QFETCH(QString, state);
    QFETCH(QString, text);
    QFETCH(ErrorCode, code);
    QFETCH(QString, says);
    const Error error =
        postgresError(QSqlError(QString(), text, QSqlError::StatementError, state), QStringLiteral("db"));
    QCOMPARE(error.code, code);
    QVERIFY2(error.reason.contains(says), qPrintable(error.reason));
    QCOMPARE(error.file, QStringLiteral("db"));
}

void TestPostgresError::showsNoRowsAndStatements()
{
    for (const QString &more : {QStringLiteral("\nDETAIL:  Failing row contains (1, hidden)."),
                                QStringLiteral("\nLINE 1: EXECUTE qpsqlpstmt_1 ('hidden')\n   ^"),
                                QStringLiteral("\nCONTEXT:  unnamed portal parameter $1 = 'hidden'")}) {
        const QSqlError error(QString(), QStringLiteral("ERROR:  violates a constraint") + more,
                              QSqlError::StatementError, QStringLiteral("23514"));
        QCOMPARE(postgresError(error, QStringLiteral("db")).reason,
                 QStringLiteral("The database does not accept this value: ERROR: violates a constraint"));
    }
}

QTEST_GUILESS_MAIN(TestPostgresError)
#include "tst_postgres_error.moc"
