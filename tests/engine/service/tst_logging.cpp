// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/logging.h"
#include "service/rotating_file.h"
#include "support/flow_test.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

#include <thread>

using namespace flow;

class TestLogging : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void fileRotates();
    void twoWritersShareAFile();
    void fileIsPrivate();
    void levels_data();
    void levels();
    void aMessageIsOneLine();
    void threadsDoNotMix();

private:
    static QByteArray read(const QString &path);
};

QByteArray TestLogging::read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestLogging::fileRotates()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.log"));
    RotatingFile file(path, 100, 2);
    for (int line = 0; line < 20; ++line)
        QVERIFY(file.append(
            QStringLiteral("line %1 ........................\n").arg(line, 2).toUtf8())); // 33 bytes: three fit
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).join(u' '), QStringLiteral("a.log a.log.1 a.log.2"));
    QVERIFY(read(path).startsWith("line 18"));
    QVERIFY(read(path + QStringLiteral(".1")).startsWith("line 15"));
    QVERIFY(read(path + QStringLiteral(".2")).startsWith("line 12"));
    QVERIFY(QFileInfo(path).size() <= 100);
    QVERIFY(file.append(QByteArray(500, 'x'))); // longer than a file may be: written all the same
    QCOMPARE(QFileInfo(path).size(), 500);
}

void TestLogging::twoWritersShareAFile()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.log"));
    const auto write = [&](const QByteArray &line) {
        RotatingFile file(path, 2000, 100);
        for (int number = 0; number < 1000; ++number)
            file.append(line);
    };
    {
        const std::jthread one([&] { write("one one\n"); });
        const std::jthread two([&] { write("two two\n"); });
    }
    int lines = 0;
    for (const QFileInfo &file : QDir(folder.path()).entryInfoList(QDir::Files)) {
        for (const QByteArray &line : read(file.filePath()).split('\n')) {
            lines += line == "one one" || line == "two two";
            QVERIFY(line.isEmpty() || line == "one one" || line == "two two");
        }
    }
    QCOMPARE(lines, 2000);
}

void TestLogging::fileIsPrivate()
{
    const QTemporaryDir folder;
    RotatingFile file(folder.filePath(QStringLiteral("a.log")), 100, 2);
    QVERIFY(file.append("x\n"));
    QCOMPARE(QFileInfo(file.path()).permissions(),
             QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser);
}

void TestLogging::levels_data()
{
    QTest::addColumn<QString>("level");
    QTest::addColumn<QString>("words"); // of the lines that come through

    QTest::newRow("debug") << QStringLiteral("debug") << QStringLiteral("debug info warning error");
    QTest::newRow("info") << QStringLiteral("info") << QStringLiteral("info warning error");
    QTest::newRow("warning") << QStringLiteral("warning") << QStringLiteral("warning error");
    QTest::newRow("error") << QStringLiteral("error") << QStringLiteral("error");
}

void TestLogging::levels()
{
    QFETCH(QString, level);
    QFETCH(QString, words);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("new/a.log"));
    installLogging({.fileLevel = level, .consoleLevel = QStringLiteral("fatal"), .file = path});
    qCDebug(lcService) << "x";
    qCInfo(lcService) << "x";
    qCWarning(lcService) << "x";
    qCCritical(lcService) << "x";
    uninstallLogging();
    QStringList seen;
    for (const QString &line : QString::fromUtf8(read(path)).split(u'\n', Qt::SkipEmptyParts))
        seen << line.section(u' ', 1, 1);
    QCOMPARE(seen.join(u' '), words);
}

void TestLogging::aMessageIsOneLine()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.log"));
    installLogging({.consoleLevel = QStringLiteral("fatal"), .file = path});
    qCInfo(lcApi).noquote() << QStringLiteral("first\nerror flow.api: forged\r\n");
    uninstallLogging();
    QCOMPARE(read(path).count('\n'), 1);
    QVERIFY(read(path).endsWith("info flow.api: first\\nerror flow.api: forged\\r\\n\n"));
}

void TestLogging::threadsDoNotMix()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.log"));
    installLogging({.consoleLevel = QStringLiteral("fatal"), .file = path, .fileBytes = 20'000, .keepFiles = 1000});
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 8; ++thread) {
            threads.emplace_back([] {
                for (int number = 0; number < 250; ++number)
                    qCInfo(lcService) << "a whole line";
            });
        }
    }
    uninstallLogging();
    int lines = 0;
    for (const QFileInfo &file : QDir(folder.path()).entryInfoList(QDir::Files))
        lines += read(file.filePath()).count("Z info flow.service: a whole line\n");
    QCOMPARE(lines, 2000);
}

QTEST_GUILESS_MAIN(TestLogging)
#include "tst_logging.moc"
