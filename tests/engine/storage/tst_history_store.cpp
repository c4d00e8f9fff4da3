// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "storage/database_inspection.h"
#include "storage/history_store.h"
#include "storage/sqlite_file.h"
#include "storage_fixture.h"
#include "support/flow_test.h"

#include <QElapsedTimer>
#include <QRandomGenerator>

#include <chrono>
#include <functional>
#include <limits>

using namespace flow;
using namespace flow::test;

namespace {

const Timestamp now = at(0) + std::chrono::days(400);

/// What is made of one execution.
struct Made
{
    QString flow = QStringLiteral("a");
    int daysAgo = 0;
    int characters = 0; ///< of its only task's data
    bool pinned = false;
    ExecutionStatus status = ExecutionStatus::Completed;
    int parent = 0; ///< number of another one, from 1; 0: none
};

struct Fixture
{
    Fixture()
        : flows(*database)
        , store(*database)
        , history(*database)
    {
        for (const QString &id : {QStringLiteral("a"), QStringLiteral("b")})
            revisions.insert(id, flows.create(chain(id))->revision);
    }

    /// Ids are the numbers from 1.
    bool make(const Made &made)
    {
        Execution execution;
        execution.flowId = made.flow;
        execution.revision = revisions[made.flow];
        const Result<Execution> created =
            made.parent > 0 ? createUnder(database, store, execution, {made.parent, 1, int(++children)})
                            : store.create(execution, {});
        const ExecutionId id = created ? created->id : 0;
        bool good = store.executionStarted(id, at(0)).ok();
        good &= store.attemptStarted(attemptStart(id, 1, QStringLiteral("step 1"))).ok();
        if (isFinished(made.status)) {
            ExecutionEnd end = executionEnd(id, made.status);
            end.completedAt = now - std::chrono::days(made.daysAgo);
            good &= store.executionEnded(attemptEnd(id, 1, QString(made.characters, u'x')), end).ok();
        } else if (made.status == ExecutionStatus::Paused) {
            good &=
                store.executionHeld(attemptEnd(id, 1), {id, QStringLiteral("end"), QStringLiteral("x"), 0, {}}).ok();
        }
        return good && (!made.pinned || store.setPinned(id, true).ok());
    }

    /// Everything that the rules do not keep; returns how many steps it took, -1 after an error.
    int prune(const RetentionRules &rules)
    {
        while (history.measure(7).value() == 7) {}
        const Result<QList<ExecutionId>> surplus = history.surplus(rules, now, 10'000);
        QList<ExecutionId> left = surplus.value();
        int steps = 0;
        for (; !left.isEmpty(); ++steps) {
            const Result<RemovalStep> step = history.remove(left);
            if (!step || steps > 1000)
                return -1;
            left = step->left;
        }
        return steps;
    }
    QString kept() { return database.rows(QStringLiteral("SELECT id FROM flow_executions ORDER BY id")).join(u' '); }

    TestDatabase database;
    FlowStore flows;
    ExecutionStore store;
    HistoryStore history;
    QMap<FlowId, RevisionId> revisions;
    int children = 0;
};

} // namespace

Q_DECLARE_METATYPE(QList<Made>)
Q_DECLARE_METATYPE(RetentionRules)

class TestHistoryStore : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void rules_data();
    void rules();
    void againstAModel_data();
    void againstAModel();
    void largeTreesGoInSteps();
    void aStepOfALargeFamilyIsShort_data();
    void aStepOfALargeFamilyIsShort();
    void aLargeFamilyStaysWhole();
    void spaceGoesBack();
    void tidyingUpWaitsForNobody();
    void revisions();
};

void TestHistoryStore::rules_data()
{
    QTest::addColumn<QList<Made>>("made");
    QTest::addColumn<RetentionRules>("rules");
    QTest::addColumn<QString>("kept");
    const RetentionRules none{.perFlow = {}, .all = {}};
    const QList<Made> five{{}, {}, {}, {}, {}};
    const QString a = QStringLiteral("a");
    const QString b = QStringLiteral("b");
    const auto days = [](int count) { return std::chrono::days(count); };

    QTest::newRow("without limits") << five << none << "1 2 3 4 5";
    QTest::newRow("the newest of a flow") << five << RetentionRules{{.executions = 2}, {}} << "4 5";
    QTest::newRow("the newest of all") << QList<Made>{{a}, {b}, {a}, {b}, {a}} << RetentionRules{{}, {.executions = 3}}
                                       << "3 4 5";
    QTest::newRow("of each flow") << QList<Made>{{b}, {a}, {a}, {a}, {b}} << RetentionRules{{.executions = 2}, {}}
                                  << "1 3 4 5";
    QTest::newRow("by age") << QList<Made>{{a, 40}, {a, 31}, {a, 29}, {a, 50}, {a, 1}}
                            << RetentionRules{{.age = days(30)}, {}} << "3 5";
    QTest::newRow("by age in all") << QList<Made>{{a, 40}, {b, 31}, {b, 29}} << RetentionRules{{}, {.age = days(30)}}
                                   << "3";
    QTest::newRow("by size") << QList<Made>{{a, 0, 9000}, {a, 0, 100}, {a, 0, 9000}, {a, 0, 9000}}
                             << RetentionRules{{.bytes = 20'000}, {}} << "2 3 4";
    QTest::newRow("by size in all") << QList<Made>{{b, 0, 9000}, {a, 0, 9000}, {b, 0, 9000}}
                                    << RetentionRules{{}, {.bytes = 20'000}} << "2 3";
    QTest::newRow("whichever limit comes first") << QList<Made>{{a, 40}, {a, 0, 9000}, {a}, {a}, {a}}
                                                 << RetentionRules{{.executions = 4}, {.bytes = 9000}} << "3 4 5";
    QTest::newRow("pinned ones stay and do not count") << QList<Made>{{a, 99, 0, true}, {a}, {a, 0, 0, true}, {a}, {a}}
                                                       << RetentionRules{{.executions = 1}, {}} << "1 3 5";
    QTest::newRow("what has not ended stays") << QList<Made>{{a, 0, 0, false, ExecutionStatus::Running},
                                                             {a},
                                                             {a, 0, 0, false, ExecutionStatus::Paused},
                                                             {a},
                                                             {a}}
                                              << RetentionRules{{.executions = 1}, {}} << "1 3 5";
    QTest::newRow("every way to end counts") << QList<Made>{{a, 0, 0, false, ExecutionStatus::Failure},
                                                            {a, 0, 0, false, ExecutionStatus::Cancelled},
                                                            {a, 0, 0, false, ExecutionStatus::Interrupted},
                                                            {a}}
                                             << RetentionRules{{.executions = 1}, {}} << "4";
    const Made child{a, 0, 0, false, ExecutionStatus::Completed, 1};
    QTest::newRow("children go with their parent")
        << QList<Made>{{a}, child, child, {a}, {a}} << RetentionRules{{.executions = 2}, {}} << "4 5";
    QTest::newRow("children do not count as executions")
        << QList<Made>{{a}, child, child, child} << RetentionRules{{.executions = 1}, {}} << "1 2 3 4";
    const auto large = [&](const QString &flow, int parent) {
        return Made{flow, 0, 9000, false, ExecutionStatus::Completed, parent};
    };
    QTest::newRow("children count as bytes of who started them")
        << QList<Made>{{b}, {a}, large(b, 2), large(b, 2), large(b, 2)} << RetentionRules{{.bytes = 20'000}, {}} << "1";
    QTest::newRow("the newest with their children")
        << QList<Made>{{a}, large(b, 1), {a}, large(b, 3), {b}} << RetentionRules{{.bytes = 15'000}, {}} << "3 4 5";
    QTest::newRow("the newest of all with their children")
        << QList<Made>{{a}, {a}, large(b, 1), large(b, 2), {b}} << RetentionRules{{}, {.bytes = 15'000}} << "2 4 5";
    QTest::newRow("children of children")
        << QList<Made>{{a}, {b, 0, 0, false, ExecutionStatus::Completed, 1}, large(b, 2), {a}}
        << RetentionRules{{.bytes = 9000}, {}} << "4";
    QTest::newRow("a child that is pinned keeps its parent")
        << QList<Made>{{a}, {a, 0, 0, true, ExecutionStatus::Completed, 1}, {a}, {a}}
        << RetentionRules{{.executions = 1}, {}} << "1 2 4";
    QTest::newRow("a child that runs keeps its parent")
        << QList<Made>{{a}, {a, 0, 0, false, ExecutionStatus::Running, 1}, {a}, {a}}
        << RetentionRules{{.executions = 1}, {}} << "1 2 4";
}

void TestHistoryStore::rules()
{
    QFETCH(QList<Made>, made);
    QFETCH(RetentionRules, rules);
    QFETCH(QString, kept);
    Fixture f;
    for (const Made &one : made)
        QVERIFY(f.make(one));
    QVERIFY(f.prune(rules) >= 0);
    QCOMPARE(f.kept(), kept);
    QCOMPARE(wrongTotals(f.database), QString());
    QCOMPARE(inspect(*f.database).value(), QStringList());
    // Again nothing goes.
    QVERIFY(f.prune(rules) >= 0);
    QCOMPARE(f.kept(), kept);
}

void TestHistoryStore::againstAModel_data()
{
    QTest::addColumn<uint>("seed");
    for (uint seed = 1; seed <= 25; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestHistoryStore::againstAModel()
{
    QFETCH(uint, seed);
    QRandomGenerator random(seed);
    Fixture f;
    QList<Made> made;
    for (int number = 0; number < 60; ++number) {
        Made one{random.bounded(3) == 0 ? QStringLiteral("b") : QStringLiteral("a"), int(random.bounded(100)), 0,
                 random.bounded(8) == 0};
        if (random.bounded(10) == 0)
            one.status = ExecutionStatus::Running;
        QVERIFY(f.make(one));
        made.append(one);
    }
    const RetentionRules rules{{.age = std::chrono::days(random.bounded(120)), .executions = random.bounded(30)},
                               {.age = std::chrono::days(random.bounded(120)), .executions = random.bounded(50)}};
    QStringList expected;
    QMap<QString, int> ofFlow;
    int ofAll = 0;
    for (qsizetype i = made.size() - 1; i >= 0; --i) {
        const Made &one = made[i];
        const QString number = QString::number(i + 1);
        if (one.pinned || one.status == ExecutionStatus::Running) {
            expected.prepend(number);
            continue;
        }
        const auto beyond = [&](const RetentionLimits &limits, int count) {
            return (limits.executions > 0 && count > limits.executions) ||
                   (limits.age.count() > 0 && one.daysAgo > limits.age.count());
        };
        const bool goes = beyond(rules.perFlow, ++ofFlow[one.flow]) | beyond(rules.all, ++ofAll);
        if (!goes)
            expected.prepend(number);
    }
    QVERIFY(f.prune(rules) >= 0);
    QCOMPARE(f.kept(), expected.join(u' '));
    QCOMPARE(wrongTotals(f.database), QString());
}

void TestHistoryStore::largeTreesGoInSteps()
{
    Fixture f;
    QVERIFY(f.make({}));
    for (int number = 0; number < 100; ++number)
        QVERIFY(f.make({QStringLiteral("b"), 0, 0, false, ExecutionStatus::Completed, 1}));
    QList<ExecutionEvent> lines;
    for (int number = 0; number < 5000; ++number)
        lines.append({1, at(number), TaskLogged{QStringLiteral("step 1"), LogLevel::Info, QStringLiteral("line")}});
    f.store.appendLog(lines);
    f.database->writer().settle();
    QVERIFY(f.make({}));
    const int steps = f.prune({{.executions = 1}, {}});
    QVERIFY2(steps >= 4, qPrintable(QString::number(steps)));
    QCOMPARE(f.kept(), QStringLiteral("102"));
    QCOMPARE(f.database.one(QStringLiteral("SELECT count(*) FROM execution_logs")), QStringLiteral("0"));
    QCOMPARE(wrongTotals(f.database), QString());
}

namespace {

/// Execution 1 of flow a, and so many of flow b that it has started.
void makeFamily(Fixture &f, int children)
{
    QVERIFY(f.make({}));
    VERIFY_OK(f.database.execute(
        QStringLiteral("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1)"
                       " INSERT INTO flow_executions (flow_id, revision, status, input_context, created_at, parent_id,"
                       " parent_sequence, parent_index) SELECT 'b', '%2', 'completed', '{}', i, 1, 1, i FROM n")
            .arg(children)
            .arg(f.revisions[QStringLiteral("b")])));
    for (const char *flow : {"b", ""})
        VERIFY_OK(f.database.execute(
            QStringLiteral("INSERT INTO execution_counts (flow_id, status, executions) SELECT '%1', 'completed',"
                           " count(*) FROM flow_executions WHERE flow_id = '%1' OR '%1' = ''"
                           " ON CONFLICT (flow_id, status) DO UPDATE SET executions = excluded.executions")
                .arg(QLatin1String(flow))));
}

using Step = std::function<bool(Fixture &)>;

} // namespace

void TestHistoryStore::aStepOfALargeFamilyIsShort_data()
{
    QTest::addColumn<Step>("step");
    QTest::newRow("retention") << Step([](Fixture &f) { return f.history.remove({1}).ok(); });
    QTest::newRow("deletion of the flow")
        << Step([](Fixture &f) { return f.flows.removeStep(QStringLiteral("a")).ok(); });
}

/// Who executes flows waits for each.
void TestHistoryStore::aStepOfALargeFamilyIsShort()
{
    QFETCH(Step, step);
    QList<qint64> shortest; // of a few: whoever else is at work makes one longer
    const int large = qEnvironmentVariableIntValue("FLOW_LARGE_FAMILY");
    for (const int children : {1'000, large > 0 ? large : 30'000}) {
        Fixture f;
        makeFamily(f, children);
        QVERIFY(step(f)); // the first one may look at all of it
        qint64 least = std::numeric_limits<qint64>::max();
        for (int number = 0; number < 10; ++number) {
            QElapsedTimer timer;
            timer.start();
            QVERIFY(step(f));
            least = std::min(least, timer.nsecsElapsed());
        }
        shortest << least;
    }
    qInfo("a step of a small family takes %lld us, of a large one %lld us", static_cast<long long>(shortest[0] / 1000),
          static_cast<long long>(shortest[1] / 1000));
    QVERIFY(shortest[1] < 5 * shortest[0] + 1'000'000);
}

/// One that is pinned keeps all the others, wherever it stands among them.
void TestHistoryStore::aLargeFamilyStaysWhole()
{
    Fixture f;
    makeFamily(f, 200);
    for (const ExecutionId pinned : {1, 2, 100, 201}) {
        VERIFY_OK(f.store.setPinned(pinned, true));
        const Result<RemovalStep> step = f.history.remove({1});
        VERIFY_OK(step);
        QVERIFY(step->left.isEmpty());
        QCOMPARE(step->executions + step->roots, 0);
        QCOMPARE(f.database.one(QStringLiteral("SELECT count(*) FROM flow_executions")), QStringLiteral("201"));
        VERIFY_OK(f.store.setPinned(pinned, false));
    }
    while (!f.history.remove({1})->left.isEmpty()) {}
    QCOMPARE(f.kept(), QString());
    QCOMPARE(wrongTotals(f.database), QString());
}

void TestHistoryStore::spaceGoesBack()
{
    if (!serverUrl().isEmpty())
        QSKIP("a server looks after its files itself");
    Fixture f;
    for (int number = 0; number < 200; ++number)
        QVERIFY(f.make({QStringLiteral("a"), 0, 20'000}));
    VERIFY_OK(f.history.tidyUp());
    const qint64 before = QFileInfo(f.database.file()).size();
    QVERIFY(before > 4'000'000);
    QVERIFY(f.prune({{.executions = 10}, {}}) > 1);
    int steps = 1;
    for (Result<bool> more = f.history.giveBack(); more.value(); more = f.history.giveBack())
        ++steps;
    QVERIFY(steps > 2);
    VERIFY_OK(f.history.tidyUp());
    const qint64 after = QFileInfo(f.database.file()).size();
    QVERIFY2(after < before / 8, qPrintable(QStringLiteral("%1 of %2").arg(after).arg(before)));
    QCOMPARE(QFileInfo(f.database.file() + QStringLiteral("-wal")).size(), 0);
    QCOMPARE(inspect(*f.database).value(), QStringList());
}

/// Whoever reads for long would otherwise keep everybody from writing.
void TestHistoryStore::tidyingUpWaitsForNobody()
{
    if (!serverUrl().isEmpty())
        QSKIP("a server looks after its files itself");
    Fixture f;
    QVERIFY(f.make({}));
    {
        const auto reading = StorageConnection::open(f.database.backend(), StorageConnection::Mode::ReadOnly);
        VERIFY_OK(reading);
        VERIFY_OK(sqlite::beginReading(**reading));
        QCOMPARE(TestDatabase::rowsOf(**reading, QStringLiteral("SELECT count(*) FROM flows"))->first(),
                 QStringLiteral("2"));
        QVERIFY(f.make({}));
        const auto began = std::chrono::steady_clock::now();
        VERIFY_OK(f.history.tidyUp());
        QVERIFY(std::chrono::steady_clock::now() - began < std::chrono::seconds(3)); // it would wait for five
        sqlite::rollback(**reading);
    }
    VERIFY_OK(f.history.tidyUp());
    QCOMPARE(QFileInfo(f.database.file() + QStringLiteral("-wal")).size(), 0);
}

void TestHistoryStore::revisions()
{
    Fixture f;
    const RevisionId used = f.flows.keepRevision(chain(QStringLiteral("a"), 3)).value();
    const RevisionId unused = f.flows.keepRevision(chain(QStringLiteral("a"), 4)).value();
    QVERIFY(f.store.create(QStringLiteral("a"), used, {}).ok());
    const Timestamp later = systemClock().now() + std::chrono::hours(1);
    QCOMPARE(f.history.unusedRevisions(at(0), 10).value(), QList<RevisionId>()); // all are younger
    QCOMPARE(f.history.unusedRevisions(later, 10).value(), QList<RevisionId>{unused});
    // Used after it was found.
    QVERIFY(f.store.create(QStringLiteral("a"), unused, {}).ok());
    QCOMPARE(f.history.removeRevisions({unused}).value(), 0);
    QCOMPARE(f.history.unusedRevisions(later, 10).value(), QList<RevisionId>());
    const RevisionId other = f.flows.keepRevision(chain(QStringLiteral("a"), 5)).value();
    QCOMPARE(f.history.removeRevisions({other, used}).value(), 1);
    QVERIFY(!f.flows.revision(other).ok());
    QVERIFY(f.flows.revision(used).ok());
    QVERIFY(f.flows.revision(f.revisions[QStringLiteral("b")]).ok());
}

QTEST_GUILESS_MAIN(TestHistoryStore)
#include "tst_history_store.moc"
