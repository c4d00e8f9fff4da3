// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/env_file.h"
#include "support/flow_test.h"

using namespace flow;

class TestEnvFile : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void value_data();
    void value();
    void refused_data();
    void refused();
};

void TestEnvFile::value_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("value"); // of A

    const auto row = [](const char *title, const char *text, const char *value) {
        QTest::newRow(title) << QByteArray(text) << QString::fromUtf8(value);
    };
    row("plain", "A=1", "1");
    row("spaces around", "  A = one two  ", "one two");
    row("export", "export A=1", "1");
    row("the last counts", "A=1\nA=2", "2");
    row("windows lines", "B=0\r\nA=1\r\n", "1");
    row("empty", "A=", "");
    row("comment behind", "A=1 # one", "1");
    row("only a comment", "A=# nothing", "");
    row("a # inside stays", "A=http://host/#part", "http://host/#part");
    row("equal signs stay", "A=b=c", "b=c");
    row("double quotes", "A=\"a # b\" # comment", "a # b");
    row("escapes in double quotes", "A=\"a\\nb\\t\\\"c\\\\\"", "a\nb\t\"c\\");
    row("single quotes take everything", "A='a\\n$B'", "a\\n$B");
    row("nothing is expanded", "A=$HOME", "$HOME");
    row("umlauts",
        "A=Gr\xc3\xbc\xc3\x9f"
        "e",
        "Gr\xc3\xbc\xc3\x9f"
        "e");
}

void TestEnvFile::value()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, value);
    const Result<EnvFile> read = parseEnvFile(text, QStringLiteral(".env"));
    QVERIFY2(read, read ? "" : qPrintable(read.error().text()));
    QVERIFY(read->contains(QStringLiteral("A")));
    QCOMPARE(read->value(QStringLiteral("A")), value);
}

void TestEnvFile::refused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("message");

    const auto row = [](const char *title, const char *text, const char *message) {
        QTest::newRow(title) << QByteArray(text) << QString::fromUtf8(message);
    };
    row("no equal sign", "# fine\nA", ".env:2: expected NAME=value, a comment or an empty line");
    row("name with a dash", "A-B=1", ".env:1: expected NAME=value, a comment or an empty line");
    row("open double quotes", "A=\"b", ".env:1: A: the value's quotes are not closed properly");
    row("open single quotes", "A='b", ".env:1: A: the value's quotes are not closed properly");
    row("text behind quotes", "A=\"b\" c", ".env:1: A: the value's quotes are not closed properly");
}

void TestEnvFile::refused()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, message);
    const Result<EnvFile> read = parseEnvFile(text, QStringLiteral(".env"));
    QVERIFY(!read);
    QCOMPARE(read.error().text(), message);
}

QTEST_GUILESS_MAIN(TestEnvFile)
#include "tst_env_file.moc"
