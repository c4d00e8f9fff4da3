// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/storage_fixture.h"
#include "service/history_keeper.h"
#include "storage/database_inspection.h"
#include "support/flow_test.h"

#include <atomic>
#include <thread>

using namespace flow;
using namespace flow::test;
using namespace std::chrono_literals;

namespace {

constexpr RetentionRules tenOfEach{.perFlow = {.executions = 10}, .all = {}};

/// Runs of the flow, complete with an attempt and its log.
bool run(Database &database, const FlowId &flow, int times)
{
    FlowStore flows(database);
    ExecutionStore store(database);
    const Result<StoredFlow> stored = flows.get(flow);
    const RevisionId revision = stored ? stored->revision : flows.create(chain(flow))->revision;
    bool good = true;
    for (int number = 0; number < times && good; ++number) {
        Execution execution;
        execution.flowId = flow;
        execution.revision = revision;
        const Result<Execution> created = store.create(execution, {});
        if (!created)
            return false;
        good &= store.executionStarted(created->id, at(0)).ok();
        good &= store.attemptStarted(attemptStart(created->id, 1, QStringLiteral("step 1"))).ok();
        store.appendLog({{created->id, at(1), TaskLogged{QStringLiteral("step 1"), LogLevel::Info, flow}}});
        good &= store.executionEnded(attemptEnd(created->id, 1, QString(500, u'x')), executionEnd(created->id)).ok();
    }
    return good;
}

QString counted(TestDatabase &database)
{
    return database
        .rows(QStringLiteral("SELECT flow_id || ' ' || count(*) FROM flow_executions"
                             " GROUP BY flow_id ORDER BY flow_id"))
        .join(QStringLiteral(", "));
}

/// Empty: all is well, and nothing is left of what is gone.
QString wrong(TestDatabase &database)
{
    QStringList lines = inspect(*database).value();
    lines << wrongTotals(database);
    lines << database.rows(QStringLiteral("SELECT 'attempt of none' FROM task_executions WHERE flow_execution_id NOT IN"
                                          " (SELECT id FROM flow_executions)"));
    lines << database.rows(QStringLiteral("SELECT 'line of none' FROM execution_logs WHERE flow_execution_id NOT IN"
                                          " (SELECT id FROM flow_executions)"));
    lines.removeAll(QString());
    return lines.join(QStringLiteral("; "));
}

} // namespace

class TestHistoryKeeper : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void byItself();
    void spaceGoesBackWhoeverMadeIt();
    void endsAtOnce();
    void twoPrograms();
    void besidesThoseWhoRun();
    void cancelled();
    void killedInTheMiddle();
};

void TestHistoryKeeper::byItself()
{
    TestDatabase database;
    QVERIFY(run(*database, QStringLiteral("a"), 25));
    HistoryKeeper keeper(*database, tenOfEach, 1ms);
    QTRY_COMPARE(counted(database), QStringLiteral("a 10"));
    QVERIFY(run(*database, QStringLiteral("b"), 12));
    QTRY_COMPARE(counted(database), QStringLiteral("a 10, b 10"));
    QCOMPARE(database.one(QStringLiteral("SELECT min(id) FROM flow_executions")), QStringLiteral("16"));
}

void TestHistoryKeeper::spaceGoesBackWhoeverMadeIt()
{
    if (onServer())
        QSKIP("a server looks after its files itself");
    TestDatabase database;
    QVERIFY(run(*database, QStringLiteral("a"), 200));
    VERIFY_OK(FlowStore(*database).remove(QStringLiteral("a")));
    QVERIFY(database.one(QStringLiteral("PRAGMA freelist_count")).toInt() > 20);
    const HistoryKeeper keeper(*database, {.perFlow = {}, .all = {}}, 1ms);
    QTRY_COMPARE(database.one(QStringLiteral("PRAGMA freelist_count")), QStringLiteral("0"));
}

void TestHistoryKeeper::endsAtOnce()
{
    TestDatabase database;
    QVERIFY(run(*database, QStringLiteral("a"), 12));
    const auto began = std::chrono::steady_clock::now();
    {
        const HistoryKeeper keeper(*database, tenOfEach, 24h);
    }
    QVERIFY(std::chrono::steady_clock::now() - began < 10s);
    QCOMPARE(counted(database), QStringLiteral("a 12"));
}

void TestHistoryKeeper::twoPrograms()
{
    TestDatabase database;
    QVERIFY(run(*database, QStringLiteral("a"), 300));
    const auto other = Database::open(database.location()).value();
    HistoryKeeper ours(*database, tenOfEach, {});
    HistoryKeeper theirs(*other, tenOfEach, {});
    std::atomic<int> together = 0;
    std::atomic<int> good = 0;
    const auto prune = [&](HistoryKeeper &keeper) {
        const Result<PruneReport> report = keeper.prune({});
        good += report ? 1 : 0;
        together += report ? report->together : 0;
    };
    std::thread thread([&] { prune(theirs); });
    prune(ours);
    thread.join();
    QCOMPARE(good.load(), 2);
    QCOMPARE(together.load(), 290); // each is removed, and counted, once
    QCOMPARE(counted(database), QStringLiteral("a 10"));
    QCOMPARE(wrong(database), QString());
}

void TestHistoryKeeper::besidesThoseWhoRun()
{
    TestDatabase database;
    QVERIFY(run(*database, QStringLiteral("a"), 1));
    std::atomic<bool> good = true;
    {
        const HistoryKeeper keeper(*database, tenOfEach, 1ms);
        std::vector<std::thread> threads;
        for (const QString &flow : {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")})
            threads.emplace_back([&, flow] { good = run(*database, flow, 100) && good; });
        for (std::thread &thread : threads)
            thread.join();
        QTRY_COMPARE(counted(database), QStringLiteral("a 10, b 10, c 10"));
    }
    QVERIFY(good);
    QCOMPARE(wrong(database), QString());
}

void TestHistoryKeeper::cancelled()
{
    TestDatabase database;
    QVERIFY(run(*database, QStringLiteral("a"), 200));
    HistoryKeeper keeper(*database, tenOfEach, {});
    CancelSource stop;
    const auto progress = [&](int, int all) {
        QCOMPARE(all, 190);
        stop.cancel();
    };
    const PruneReport report = keeper.prune({.cancel = stop.token(), .progress = progress}).value();
    QVERIFY(report.cancelled);
    QVERIFY(report.executions > 0 && report.executions < 190);
    QCOMPARE(counted(database), QStringLiteral("a %1").arg(200 - report.executions));
    QCOMPARE(wrong(database), QString());
    QCOMPARE(keeper.prune({}).value().executions, 190 - report.executions);
}

/// What lies on the disk after each step is a whole database, from which the next program goes on.
void TestHistoryKeeper::killedInTheMiddle()
{
    if (onServer())
        QSKIP("a server keeps its files to itself");
    TestDatabase database;
    QVERIFY(run(*database, QStringLiteral("a"), 200));
    const QTemporaryDir images;
    int steps = 0;
    const auto copy = [&](int, int) {
        const QString folder = images.filePath(QString::number(++steps));
        QVERIFY(QDir().mkpath(folder));
        for (const QString &end : {QString(), QStringLiteral("-wal")})
            QVERIFY(QFile::copy(database.file() + end, folder + QStringLiteral("/flows.db") + end));
    };
    HistoryKeeper keeper(*database, tenOfEach, {});
    QVERIFY(keeper.prune({.progress = copy}));
    QVERIFY(steps >= 4);
    for (int step = 1; step <= steps; ++step) {
        const QString file = images.filePath(QString::number(step)) + QStringLiteral("/flows.db");
        TestDatabase image(Database::open({file}).value());
        QCOMPARE(wrong(image), QString());
        HistoryKeeper next(*image, tenOfEach, {});
        QVERIFY(next.prune({}));
        QCOMPARE(counted(image), QStringLiteral("a 10"));
    }
}

QTEST_GUILESS_MAIN(TestHistoryKeeper)
#include "tst_history_keeper.moc"
