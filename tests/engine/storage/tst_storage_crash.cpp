// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution_script.h"
#include "support/flow_test.h"

#include <QCoreApplication>
#include <QProcess>
#include <QSet>

#include <atomic>
#include <cstdio>
#include <random>
#include <thread>
#include <vector>

using namespace flow;
using namespace flow::test;

namespace {

const FlowId a = QStringLiteral("a");

/// The child: several threads journal executions for ever, and say after each commit on standard output what was
/// acknowledged. One write() a line, so that lines stay whole.
int writeForEver(const QString &file)
{
    const Result<std::unique_ptr<Database>> database = Database::open({file});
    if (!database)
        return 1;
    const Result<RevisionId> revision = FlowStore(**database).keepRevision(chain(a));
    if (!revision)
        return 1;
    ExecutionStore store(**database, QStringLiteral("child"));
    std::vector<std::thread> threads;
    for (int number = 0; number < 4; ++number) {
        threads.emplace_back([&] {
            for (;;) {
                const ExecutionId id = store.create(a, *revision, {})->id;
                const auto acknowledged = [&](const Result<void> &done, int step) {
                    const QByteArray line = QByteArray::number(id) + ' ' + QByteArray::number(done ? step : -1) + '\n';
                    std::fwrite(line.constData(), 1, size_t(line.size()), stdout);
                };
                acknowledged({}, 0);
                for (int step = 1; step <= lastStep; ++step)
                    acknowledged(doStep(store, id, step, id % 3 == 0), step);
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    return 0;
}

} // namespace

/// A program that is killed at any moment loses nothing that it was told is saved.
class TestStorageCrash : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void killedAtRandomMoments();
};

void TestStorageCrash::killedAtRandomMoments()
{
    TestDatabase database;
    VERIFY_OK(FlowStore(*database).create(chain(a)));
    std::mt19937 random(20);
    for (int round = 0; round < 20; ++round) {
        database.close();
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--write"), database.file()});
        // It dies after so many acknowledged steps, wherever its threads are then.
        QByteArray told;
        const qsizetype enough = 1 + qsizetype(random() % 800);
        while (told.count('\n') < enough) {
            QVERIFY(child.waitForReadyRead(30'000));
            told += child.readAllStandardOutput();
        }
        child.kill();
        QVERIFY(child.waitForFinished(30'000));
        told += child.readAllStandardOutput();

        database.open(); // quick_check is part of it
        ExecutionStore store(*database);
        const QList<QByteArray> lines = told.split('\n').mid(0, 100'000);
        for (qsizetype i = 0; i + 1 < lines.size(); ++i) { // the last line may be torn
            const ExecutionId id = lines[i].split(' ').first().toLongLong();
            const int step = lines[i].split(' ').last().toInt();
            QVERIFY(step >= 0);
            const int kept = stepOf(store, id);
            if (kept < step)
                QFAIL(qPrintable(QStringLiteral("round %1: execution %2 lost step %3, has %4")
                                     .arg(round)
                                     .arg(id)
                                     .arg(step)
                                     .arg(kept)));
        }
        QCOMPARE(database.one(QStringLiteral("PRAGMA integrity_check")), QStringLiteral("ok"));
        QCOMPARE(database.one(QStringLiteral("PRAGMA foreign_key_check")), QString());
        QCOMPARE(wrongTotals(database), QString());
        VERIFY_OK(store.releaseLeftBehind());
        QCOMPARE(store.list({.status = ExecutionStatus::Running})->total, 0);
    }
    QVERIFY(ExecutionStore(*database).list({.status = ExecutionStatus::Completed})->total > 20);
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (application.arguments().value(1) == QStringLiteral("--write")) {
        std::setvbuf(stdout, nullptr, _IOLBF, 256);
        return writeForEver(application.arguments().value(2));
    }
    TestStorageCrash test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_storage_crash.moc"
