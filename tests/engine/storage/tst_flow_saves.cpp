// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage_fixture.h"
#include "support/flow_test.h"

#include <atomic>
#include <future>
#include <latch>
#include <thread>
#include <vector>

using namespace flow;
using namespace flow::test;

namespace {
const FlowId a = QStringLiteral("a");
}

/// Saving on top of a version that the caller has seen.
class TestFlowSaves : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void basedOn_data();
    void basedOn();
    void keepsTheRest();
    void deletedMeanwhile();
    void refusesWhatCannotBeStored();
    void oneOfManyWins_data();
    void oneOfManyWins();
    void aSlowUpdateHoldsNobodyUp();
    void updateSeesWhatWasSavedMeanwhile();
    void updateOfWhatWasMadeAnew();
    void updateGivesUp();
};

void TestFlowSaves::basedOn_data()
{
    QTest::addColumn<int>("stored"); // versions before
    QTest::addColumn<std::optional<int>>("basedOn");
    QTest::addColumn<int>("version"); // 0: refused
    QTest::addColumn<QString>("message");

    const auto saved = [](const char *name, int stored, std::optional<int> basedOn) {
        QTest::newRow(name) << stored << basedOn << stored + 1 << QString();
    };
    const auto refused = [](const char *name, int stored, std::optional<int> basedOn, const char *message) {
        QTest::newRow(name) << stored << basedOn << 0 << QString::fromLatin1(message);
    };
    saved("any, new", 0, {});
    saved("any, known", 3, {});
    saved("new, new", 0, 0);
    saved("the newest of one", 1, 1);
    saved("the newest of three", 3, 3);
    refused(
        "new, known", 2, 0,
        "Flow 'a' was saved by somebody else meanwhile: version 2 is stored now, the changes are meant for a new flow");
    refused(
        "an older one", 3, 2,
        "Flow 'a' was saved by somebody else meanwhile: version 3 is stored now, the changes are based on version 2");
    refused(
        "one that is still to come", 1, 2,
        "Flow 'a' was saved by somebody else meanwhile: version 1 is stored now, the changes are based on version 2");
    refused("one of a flow that is gone", 0, 2,
            "Flow 'a' was deleted by somebody else meanwhile: the changes are based on version 2");
}

void TestFlowSaves::basedOn()
{
    QFETCH(int, stored);
    QFETCH(std::optional<int>, basedOn);
    QFETCH(int, version);
    QFETCH(QString, message);
    TestDatabase database;
    FlowStore store(*database);
    for (int number = 0; number < stored; ++number)
        VERIFY_OK(store.save(chain(a)));

    const FlowFile file = chain(a, 4, QStringLiteral("Changed"));
    const Result<StoredFlow> saved = store.save(file, basedOn);
    if (version > 0) {
        VERIFY_OK(saved);
        QCOMPARE(saved->version, version);
        QVERIFY(*store.get(a) == *saved);
        QCOMPARE(saved->file, file);
    } else {
        QVERIFY(!saved.ok());
        QCOMPARE(saved.error().code, ErrorCode::Conflict);
        QCOMPARE(saved.error().text(), message);
        QCOMPARE(store.list({})->total, stored > 0 ? 1 : 0);
        if (stored > 0)
            QCOMPARE(store.get(a)->version, stored);
    }
    QCOMPARE(wrongTotals(database), QString());
}

void TestFlowSaves::keepsTheRest()
{
    TestDatabase database;
    FlowStore store(*database);
    const Result<StoredFlow> made = store.save(chain(a));
    VERIFY_OK(made);
    QCOMPARE(made->createdAt, made->updatedAt);
    VERIFY_OK(store.update(a, [](StoredFlow &flow) {
        flow.isActive = false;
        return Result<void>();
    }));
    ExecutionStore executions(*database);
    const ExecutionId id = executions.create(a, made->revision, {})->id;
    VERIFY_OK(executions.executionStarted(id, at(1)));

    const Result<StoredFlow> saved = store.save(chain(a, 3), 2);
    VERIFY_OK(saved);
    QCOMPARE(saved->isActive, false);
    QCOMPARE(saved->createdAt, made->createdAt);
    QCOMPARE(word(saved->lastStatus), QStringLiteral("running"));
    QVERIFY(*store.get(a) == *saved);
    QCOMPARE(wrongTotals(database), QString());
}

void TestFlowSaves::deletedMeanwhile()
{
    TestDatabase database;
    FlowStore store(*database);
    VERIFY_OK(store.save(chain(a)));
    VERIFY_OK(store.remove(a));
    QCOMPARE(store.save(chain(a), 1).error().code, ErrorCode::Conflict);
    QCOMPARE(store.get(a).error().code, ErrorCode::NotFound);
    QCOMPARE(store.save(chain(a))->version, 1);
}

void TestFlowSaves::refusesWhatCannotBeStored()
{
    TestDatabase database;
    FlowStore store(*database);
    VERIFY_OK(store.save(chain(a)));
    QCOMPARE(store.save(chain(a, 2, QString(QChar(u'\0'))), 1).error().code, ErrorCode::InvalidFlow);
    QCOMPARE(store.get(a)->version, 1);
}

void TestFlowSaves::oneOfManyWins_data()
{
    QTest::addColumn<int>("stored");
    QTest::newRow("a new flow") << 0;
    QTest::newRow("a known flow") << 2;
}

void TestFlowSaves::oneOfManyWins()
{
    QFETCH(int, stored);
    TestDatabase database;
    FlowStore store(*database);
    for (int number = 0; number < stored; ++number)
        VERIFY_OK(store.save(chain(a)));
    constexpr int threads = 12;
    std::latch ready(threads);
    std::atomic<int> won = 0;
    std::atomic<int> refused = 0;
    std::vector<std::thread> savers;
    for (int thread = 0; thread < threads; ++thread) {
        savers.emplace_back([&, thread] {
            ready.arrive_and_wait();
            const Result<StoredFlow> saved = store.save(chain(a, 1, QString::number(thread)), stored);
            if (saved)
                ++won;
            else if (saved.error().code == ErrorCode::Conflict)
                ++refused;
        });
    }
    for (std::thread &saver : savers)
        saver.join();
    QCOMPARE(won.load(), 1);
    QCOMPARE(refused.load(), threads - 1);
    QCOMPARE(store.get(a)->version, stored + 1);
    QCOMPARE(wrongTotals(database), QString());
}

void TestFlowSaves::aSlowUpdateHoldsNobodyUp()
{
    TestDatabase database;
    FlowStore store(*database);
    VERIFY_OK(store.save(chain(a)));
    std::latch thinking(1);
    std::latch goOn(1);
    std::thread slow([&] {
        (void)store
            .update(a,
                    [&](StoredFlow &) -> Result<void> {
                        thinking.count_down();
                        goOn.wait();
                        return {};
                    })
            .ok();
    });
    thinking.wait();
    // Would never return if the writer waited for the other one.
    const auto other = std::async(std::launch::async, [&] { return store.save(chain(QStringLiteral("b"))).ok(); });
    const bool went = other.wait_for(std::chrono::seconds(10)) == std::future_status::ready;
    goOn.count_down();
    slow.join();
    QVERIFY(went);
    QCOMPARE(store.get(a)->version, 2);
}

void TestFlowSaves::updateSeesWhatWasSavedMeanwhile()
{
    TestDatabase database;
    FlowStore store(*database);
    VERIFY_OK(store.save(chain(a)));
    QStringList seen;
    const Result<StoredFlow> updated = store.update(a, [&](StoredFlow &flow) -> Result<void> {
        seen << flow.file.flow.name;
        if (seen.size() == 1) {
            if (const Result<StoredFlow> between = store.save(chain(a, 3, QStringLiteral("Between"))); !between)
                return between.error();
        }
        flow.isActive = false;
        return {};
    });
    VERIFY_OK(updated);
    QCOMPARE(seen, (QStringList{QStringLiteral("A flow"), QStringLiteral("Between")}));
    QCOMPARE(updated->version, 3);
    QCOMPARE(updated->file, chain(a, 3, QStringLiteral("Between")));
    QVERIFY(*store.get(a) == *updated);
}

void TestFlowSaves::updateOfWhatWasMadeAnew()
{
    TestDatabase database;
    FlowStore store(*database);
    VERIFY_OK(store.save(chain(a)));
    int calls = 0;
    const auto deleteOnce = [&](bool makeAnew) {
        return [&, makeAnew](StoredFlow &flow) -> Result<void> {
            if (++calls == 1) {
                if (const Result<void> removed = store.remove(a); !removed)
                    return removed;
                if (makeAnew && !store.save(chain(a, 1, QStringLiteral("New"))))
                    return Error{};
            }
            flow.isActive = false;
            return {};
        };
    };
    const Result<StoredFlow> updated = store.update(a, deleteOnce(true));
    VERIFY_OK(updated);
    QCOMPARE(updated->file.flow.name, QStringLiteral("New"));
    calls = 0;
    QCOMPARE(store.update(a, deleteOnce(false)).error().code, ErrorCode::NotFound);
    QCOMPARE(calls, 1);
    QCOMPARE(wrongTotals(database), QString());
}

void TestFlowSaves::updateGivesUp()
{
    TestDatabase database;
    FlowStore store(*database);
    VERIFY_OK(store.save(chain(a)));
    const Result<StoredFlow> updated = store.update(a, [&](StoredFlow &) -> Result<void> {
        const Result<StoredFlow> between = store.save(chain(a));
        return between ? Result<void>() : between.error();
    });
    QVERIFY(!updated.ok());
    QCOMPARE(updated.error().code, ErrorCode::Conflict);
    QCOMPARE(updated.error().text(),
             QStringLiteral("Flow 'a' was saved by somebody else meanwhile: version 101 is stored now, the "
                            "changes are based on version 100"));
}

QTEST_GUILESS_MAIN(TestFlowSaves)
#include "tst_flow_saves.moc"
