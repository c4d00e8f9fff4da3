// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage_fixture.h"
#include "support/flow_test.h"

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

using namespace flow;
using namespace flow::test;

namespace {

const FlowId a = QStringLiteral("a");

std::function<Result<void>(StoredFlow &)> rename(const QString &name)
{
    return [name](StoredFlow &flow) {
        flow.file.flow.name = name;
        return Result<void>();
    };
}

QStringList ids(const Page<StoredFlow> &page)
{
    QStringList list;
    for (const StoredFlow &flow : page.items)
        list.append(flow.file.flow.id);
    return list;
}

} // namespace

class TestFlowStore : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void createAndGet();
    void keepsAllFields();
    void createTwice();
    void notFound_data();
    void notFound();
    void pages_data();
    void pages();
    void activeOnly();
    void update();
    void refusedUpdate();
    void updateCannotChangeTheId();
    void concurrentUpdatesAllCount();
    void concurrentCreates();
    void newestExecution();
    void quotesAreText();
};

void TestFlowStore::createAndGet()
{
    TestDatabase database;
    FlowStore store(*database);
    const Result<StoredFlow> made = store.create(chain(a));
    VERIFY_OK(made);
    QCOMPARE(made->version, 1);
    QCOMPARE(made->isActive, true);
    QCOMPARE(made->revision, revisionOf(chain(a).flow));
    QCOMPARE(made->createdAt, made->updatedAt);
    QCOMPARE(word(made->lastStatus), QStringLiteral("none"));
    const Result<StoredFlow> read = store.get(a);
    VERIFY_OK(read);
    QVERIFY(*read == *made);
}

void TestFlowStore::keepsAllFields()
{
    FlowFile file = chain(QStringLiteral("id/with ? and ü"), 3, QStringLiteral("N\"ame' %1 日本"));
    file.flow.description = QStringLiteral("Line\nline");
    file.flow.tasks[1].config =
        QJsonObject{{QStringLiteral("n"), qint64(9007199254740993)}, {QStringLiteral("x"), 0.1}};
    file.flow.tasks[1].timeoutSeconds = 1.5;
    file.flow.tasks[2].retry = RetryPolicy{.maxAttempts = 3, .delaySeconds = 0.5, .backoff = 2, .maxDelaySeconds = 10};
    Condition condition;
    condition.name = QStringLiteral("c");
    condition.sourceTask = QStringLiteral("step 1");
    condition.outcome = Outcome::Any;
    condition.targetTaskSuccess = QStringLiteral("step 2");
    file.flow.conditions.append(condition);
    file.layout.tasks.insert(QStringLiteral("step 1"), {10.5, -20});
    file.layout.notes.append({QStringLiteral("note"), QRectF(1, 2, 3, 4)});

    TestDatabase database;
    FlowStore store(*database);
    VERIFY_OK(store.create(file));
    database.reopen();
    const Result<StoredFlow> read = FlowStore(*database).get(file.flow.id);
    VERIFY_OK(read);
    QCOMPARE(read->file, file);
    QVERIFY(FlowStore(*database).get(QStringLiteral("A")).error().code ==
            ErrorCode::NotFound); // ids are case-sensitive
}

void TestFlowStore::createTwice()
{
    TestDatabase database;
    FlowStore store(*database);
    VERIFY_OK(store.create(chain(a)));
    const Result<StoredFlow> again = store.create(chain(a, 5));
    QVERIFY(!again.ok());
    QCOMPARE(again.error().code, ErrorCode::Conflict);
    QCOMPARE(again.error().text(), QStringLiteral("Flow with id 'a' already exists"));
    QCOMPARE(store.get(a)->file, chain(a));
    QCOMPARE(wrongTotals(database), QString());
}

void TestFlowStore::notFound_data()
{
    using Call = std::function<std::optional<Error>(FlowStore &)>;
    const auto error = [](const auto &result) { return result.ok() ? std::nullopt : std::optional(result.error()); };
    QTest::addColumn<Call>("call");
    QTest::newRow("get") << Call([=](FlowStore &store) { return error(store.get(QStringLiteral("x"))); });
    QTest::newRow("update") << Call(
        [=](FlowStore &store) { return error(store.update(QStringLiteral("x"), rename({}))); });
    QTest::newRow("remove") << Call([=](FlowStore &store) { return error(store.remove(QStringLiteral("x"))); });
}

void TestFlowStore::notFound()
{
    QFETCH(std::function<std::optional<Error>(FlowStore &)>, call);
    TestDatabase database;
    FlowStore store(*database);
    VERIFY_OK(store.create(chain(a)));
    const std::optional<Error> error = call(store);
    QVERIFY(error);
    QCOMPARE(error->code, ErrorCode::NotFound);
    QCOMPARE(error->text(), QStringLiteral("Flow 'x' not found"));
    QCOMPARE(store.list({})->total, 1);
}

void TestFlowStore::pages_data()
{
    QTest::addColumn<int>("page");
    QTest::addColumn<int>("perPage");
    QTest::addColumn<QStringList>("expected");
    const auto named = [](std::initializer_list<int> numbers) {
        QStringList list;
        for (const int number : numbers)
            list.append(QString::number(number));
        return list;
    };
    QTest::newRow("first") << 1 << 3 << named({7, 6, 5});
    QTest::newRow("second") << 2 << 3 << named({4, 3, 2});
    QTest::newRow("last") << 3 << 3 << named({1});
    QTest::newRow("past the end") << 4 << 3 << QStringList();
    QTest::newRow("far past the end") << 2'000'000'000 << 1000 << QStringList();
    QTest::newRow("all") << 1 << 20 << named({7, 6, 5, 4, 3, 2, 1});
    QTest::newRow("page 0 is page 1") << 0 << 2 << named({7, 6});
    QTest::newRow("at least one") << 1 << 0 << named({7});
}

void TestFlowStore::pages()
{
    QFETCH(int, page);
    QFETCH(int, perPage);
    QFETCH(QStringList, expected);
    TestDatabase database;
    FlowStore store(*database);
    for (int number = 1; number <= 7; ++number)
        VERIFY_OK(store.create(chain(QString::number(number))));
    const Result<Page<StoredFlow>> list = store.list({.page = page, .perPage = perPage});
    VERIFY_OK(list);
    QCOMPARE(ids(*list), expected);
    QCOMPARE(list->total, 7);
    for (const StoredFlow &flow : list->items) {
        QCOMPARE(flow.file.flow.name, QStringLiteral("A flow"));
        QCOMPARE(flow.file.flow.startTask, QStringLiteral("step 1"));
        QVERIFY(flow.file.flow.tasks.isEmpty());
    }
}

void TestFlowStore::activeOnly()
{
    TestDatabase database;
    FlowStore store(*database);
    for (const char *id : {"a", "b", "c"})
        VERIFY_OK(store.create(chain(QString::fromLatin1(id))));
    const auto activate = [&](const char *id, bool active) {
        return store.update(QString::fromLatin1(id), [active](StoredFlow &flow) {
            flow.isActive = active;
            return Result<void>();
        });
    };
    VERIFY_OK(activate("b", false));
    VERIFY_OK(activate("b", false));
    Result<Page<StoredFlow>> active = store.list({.activeOnly = true});
    VERIFY_OK(active);
    QCOMPARE(ids(*active), (QStringList{QStringLiteral("c"), QStringLiteral("a")}));
    QCOMPARE(active->total, 2);
    QCOMPARE(store.list({})->total, 3);
    VERIFY_OK(store.remove(QStringLiteral("b")));
    VERIFY_OK(store.remove(QStringLiteral("a")));
    QCOMPARE(store.list({.activeOnly = true})->total, 1);
    QCOMPARE(store.list({})->total, 1);
    QCOMPARE(wrongTotals(database), QString());
}

void TestFlowStore::update()
{
    TestDatabase database;
    FlowStore store(*database);
    const Result<StoredFlow> made = store.create(chain(a));
    VERIFY_OK(made);
    const Result<StoredFlow> changed = store.update(a, [](StoredFlow &flow) {
        flow.file = chain(a, 4, QStringLiteral("Renamed"));
        flow.isActive = false;
        flow.version = 77; // not for the caller to say
        flow.createdAt = at(0);
        return Result<void>();
    });
    VERIFY_OK(changed);
    QCOMPARE(changed->version, 2);
    QCOMPARE(changed->createdAt, made->createdAt);
    QVERIFY(changed->updatedAt >= made->updatedAt);
    QCOMPARE(changed->isActive, false);
    QCOMPARE(changed->revision, revisionOf(chain(a, 4, QStringLiteral("Renamed")).flow));
    QVERIFY(*store.get(a) == *changed);
    QCOMPARE(store.list({})->items.first().file.flow.name, QStringLiteral("Renamed"));
}

void TestFlowStore::refusedUpdate()
{
    TestDatabase database;
    FlowStore store(*database);
    const Result<StoredFlow> made = store.create(chain(a));
    const Error refusal{.code = ErrorCode::NotAllowed, .reason = QStringLiteral("no")};
    const Result<StoredFlow> changed = store.update(a, [&](StoredFlow &flow) -> Result<void> {
        flow.file.flow.name = QStringLiteral("Renamed");
        return refusal;
    });
    QVERIFY(!changed.ok());
    QCOMPARE(changed.error(), refusal);
    QVERIFY(*store.get(a) == *made);
}

void TestFlowStore::updateCannotChangeTheId()
{
    TestDatabase database;
    FlowStore store(*database);
    VERIFY_OK(store.create(chain(a)));
    const Result<StoredFlow> changed = store.update(a, [](StoredFlow &flow) {
        flow.file.flow.id = QStringLiteral("b");
        return Result<void>();
    });
    QVERIFY(!changed.ok());
    QCOMPARE(changed.error().code, ErrorCode::NotAllowed);
    QCOMPARE(store.get(a)->version, 1);
}

void TestFlowStore::concurrentUpdatesAllCount()
{
    TestDatabase database;
    FlowStore store(*database);
    VERIFY_OK(store.create(chain(a, 2, QString(QStringLiteral("0")))));
    constexpr int threads = 16;
    constexpr int rounds = 25;
    std::atomic<int> failed = 0;
    std::vector<std::thread> callers;
    for (int thread = 0; thread < threads; ++thread) {
        callers.emplace_back([&] {
            for (int round = 0; round < rounds; ++round) {
                failed += !store.update(a, [](StoredFlow &flow) {
                    flow.file.flow.name = QString::number(flow.file.flow.name.toInt() + 1);
                    return Result<void>();
                });
            }
        });
    }
    for (std::thread &caller : callers)
        caller.join();
    QCOMPARE(failed.load(), 0);
    const Result<StoredFlow> read = store.get(a);
    VERIFY_OK(read);
    QCOMPARE(read->version, 1 + threads * rounds);
    QCOMPARE(read->file.flow.name, QString::number(threads * rounds));
    QCOMPARE(database.one(QStringLiteral("SELECT count(*) FROM flow_versions")), QString::number(1 + threads * rounds));
}

void TestFlowStore::concurrentCreates()
{
    TestDatabase database;
    FlowStore store(*database);
    std::latch go(16);
    std::atomic<int> made = 0;
    std::atomic<int> refused = 0;
    std::vector<std::thread> callers;
    for (int thread = 0; thread < 16; ++thread) {
        callers.emplace_back([&] {
            go.arrive_and_wait();
            const Result<StoredFlow> result = store.create(chain(a));
            ++(result ? made : refused);
        });
    }
    for (std::thread &caller : callers)
        caller.join();
    QCOMPARE(made.load(), 1);
    QCOMPARE(refused.load(), 15);
    QCOMPARE(store.list({})->total, 1);
}

void TestFlowStore::newestExecution()
{
    TestDatabase database;
    FlowStore store(*database);
    ExecutionStore executions(*database);
    const Result<StoredFlow> flow = store.create(chain(a));
    const Result<StoredFlow> other = store.create(chain(QStringLiteral("b")));
    const Result<Execution> older = executions.create(a, flow->revision, {});
    const Result<Execution> newer = executions.create(a, flow->revision, {});
    VERIFY_OK(executions.executionStarted(newer->id, at(1)));
    VERIFY_OK(executions.executionStarted(older->id, at(2)));
    QCOMPARE(word(store.get(a)->lastStatus), word(ExecutionStatus::Running));
    QCOMPARE(store.get(a)->lastExecutedAt, at(1));
    VERIFY_OK(executions.executionEnded({}, executionEnd(newer->id, ExecutionStatus::Failure)));
    const Result<Page<StoredFlow>> list = store.list({});
    QCOMPARE(word(list->items[0].lastStatus), QStringLiteral("none"));
    QCOMPARE(list->items[0].lastExecutedAt, std::nullopt);
    QCOMPARE(word(list->items[1].lastStatus), word(ExecutionStatus::Failure));
    QCOMPARE(list->items[1].lastExecutedAt, at(1));
    // One of a sub-flow in the same file has its id; one of another flow that it runs counts for that flow.
    const auto child = [&](const FlowId &id) {
        Execution execution{.flowId = id, .revision = id == a ? flow->revision : other->revision, .inputContext = {}};
        return createUnder(database, executions, execution, {newer->id, 1, id == a ? 0 : 1}).ok();
    };
    QVERIFY(child(a) && child(QStringLiteral("b")));
    QCOMPARE(word(store.get(a)->lastStatus), word(ExecutionStatus::Failure));
    QCOMPARE(word(store.get(QStringLiteral("b"))->lastStatus), word(ExecutionStatus::Pending));
}

void TestFlowStore::quotesAreText()
{
    TestDatabase database;
    FlowStore store(*database);
    const FlowId id = QStringLiteral("'; DROP TABLE flows; --");
    VERIFY_OK(store.create(chain(id)));
    VERIFY_OK(store.get(id));
    VERIFY_OK(store.remove(id));
    QCOMPARE(store.list({})->total, 0);
}

QTEST_GUILESS_MAIN(TestFlowStore)
#include "tst_flow_store.moc"
