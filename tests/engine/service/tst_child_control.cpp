// SPDX-License-Identifier: GPL-3.0-or-later
#include "nested_flows.h"
#include "service_fixture.h"
#include "support/flow_test.h"

#include <atomic>

using namespace flow;
using namespace flow::test;

namespace {

/// How often each item was worked on, and which item fails.
std::array<std::atomic<int>, 10> visits;
std::atomic<int> failingItem = -1;

/// Works on `input.index`, and fails for one of them.
class ItemTask final : public BaseTask
{
public:
    static TaskType describe()
    {
        return {.name = QStringLiteral("item_work"),
                .title = QStringLiteral("Work"),
                .description = QStringLiteral("Work on an item"),
                .group = QStringLiteral("Test"),
                .icon = QStringLiteral("dot"),
                .help = QStringLiteral("x"),
                .configSchema = {{QStringLiteral("type"), QStringLiteral("object")}}};
    }
    TaskResult execute(TaskRun &run) override
    {
        const int index = run.context.value(u"index").toInt();
        ++visits[size_t(index)];
        if (index == failingItem)
            return TaskResult::failure(QStringLiteral("not today"));
        return TaskResult::success(index * 100);
    }
};

TaskRegistry withItemTask()
{
    TaskRegistry registry = builtInTasks();
    registry.add(ItemTask::describe(), [] { return std::make_unique<ItemTask>(); }).ok();
    return registry;
}

/// A program on a data folder; more of them stand for others, or for the next one after it has died.
class Program
{
public:
    explicit Program(const QString &folder)
    {
        ServiceSettings settings;
        settings.dataDir = folder;
        settings.executionThreads = 4;
        settings.stays = true;
        m_service = FlowService::open(settings, withItemTask()).value();
    }
    FlowService *operator->() const { return m_service.get(); }

    QString status(ExecutionId id) const { return toString(m_service->execution(id, false)->execution.status); }
    QString error(ExecutionId id) const { return m_service->execution(id, false)->execution.errorMessage; }
    ExecutionId start(const FlowFile &flow, const StartOptions &options = {}) const
    {
        return m_service->start(RunRequest{flow, {}, options}).value();
    }
    QString ended(ExecutionId id) const { return toString(m_service->finished(id).result().execution.status); }

private:
    std::unique_ptr<FlowService> m_service;
};

/// What lies in the folder at this moment, as a program leaves it that is killed now.
void copyAsKilled(const QString &from, const QString &to)
{
    for (const QString &name : {QStringLiteral("flows.db-wal"), QStringLiteral("flows.db")})
        QFile::copy(from + u'/' + name, to + u'/' + name);
}

const QString twoSteps = QStringLiteral("{'sub': [{'name': 'first', 'type': 'item_work'},"
                                        " {'name': 'second', 'type': 'set_variables', 'config': {'values':"
                                        " {'n': '${tasks.first.data + 1}'}}}]}");

QString forEach(int items, int atOnce = 1)
{
    QStringList list;
    for (int number = 0; number < items; ++number)
        list.append(QString::number(number));
    return QStringLiteral("[{'name': 't', 'type': 'for_each', 'config': {'items': [%1], 'flow': 'sub', 'concurrency':"
                          " %2}}, {'name': 'after', 'type': 'noop'}]")
        .arg(list.join(u','))
        .arg(atOnce);
}

} // namespace

class TestChildControl : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void pauseReachesThrough();
    void continueOfAChildGoesOnWithItsParents();
    void stepsThroughChildren();
    void cancelWhilePaused();
    void outcomeOfAWaitingTaskIsNotForced();
    void resumeKeepsWhatIsDone();
    void resumeFromEarlierDoesAllAgain();
    void childrenAreResumedThroughTheirParent();
    void goesOnAfterAKill_data();
    void goesOnAfterAKill();
    void interruptedChildInterruptsItsParent();
};

void TestChildControl::init()
{
    failingItem = -1;
    for (auto &count : visits)
        count = 0;
}

/// A flow that waits in a child until it is released; gives the numbers of root and child.
static std::pair<ExecutionId, ExecutionId> pausedInChild(const Program &program)
{
    const QString sub = QStringLiteral("{'sub': [{'name': 'wait', 'type': 'delay', 'config': {'seconds': 0.3}},"
                                       " {'name': 'more', 'type': 'noop'}]}");
    const FlowFile flow = file(QStringLiteral("main"),
                               QStringLiteral("[{'name': 't', 'type': 'run_flow', 'config': {'flow': 'sub'}},"
                                              " {'name': 'after', 'type': 'noop'}]"),
                               sub);
    const ExecutionId root = program.start(flow);
    if (!QTest::qWaitFor([&] {
            const auto child = program->execution(root + 1, true);
            return child && !child->tasks.isEmpty();
        }))
        return {0, 0};
    program->pause(root).ok();
    program.ended(root); // also ready when it is paused
    return {root, root + 1};
}

void TestChildControl::pauseReachesThrough()
{
    QTemporaryDir folder;
    const Program program(folder.path());
    const auto [root, child] = pausedInChild(program);
    QVERIFY(root > 0);
    QCOMPARE(program.status(root), QStringLiteral("paused"));
    QCOMPARE(program.status(child), QStringLiteral("paused"));
    const Execution paused = program->execution(root, false)->execution;
    QCOMPARE(paused.nextTask, QStringLiteral("t"));
    QVERIFY2(paused.pausedBecause.startsWith(
                 QStringLiteral("Task 't' waits for a flow that is paused: Execution %1 of flow 'sub': ").arg(child)),
             qPrintable(paused.pausedBecause));
    QTRY_COMPARE(program->runningExecutions(), 0); // it needs no thread

    QVERIFY(program->continueExecution(root).ok());
    QCOMPARE(program.ended(root), QStringLiteral("completed"));
    QCOMPARE(program.status(child), QStringLiteral("completed"));
    QCOMPARE(program->executions({})->total, 2);
    QCOMPARE(program->execution(root, true)->tasks.size(), 2); // one attempt of each
}

void TestChildControl::continueOfAChildGoesOnWithItsParents()
{
    QTemporaryDir folder;
    const Program program(folder.path());
    const auto [root, child] = pausedInChild(program);
    QVERIFY(program->continueExecution(child).ok());
    QCOMPARE(program.ended(root), QStringLiteral("completed"));
    QCOMPARE(program.status(child), QStringLiteral("completed"));
}

void TestChildControl::stepsThroughChildren()
{
    QTemporaryDir folder;
    const Program program(folder.path());
    const auto [root, child] = pausedInChild(program);
    QVERIFY(program->continueExecution(root, {.step = true}).ok());
    program.ended(root);
    // `more` has run and the sub-flow is over; the next step is the parent's.
    QCOMPARE(program.status(child), QStringLiteral("completed"));
    QCOMPARE(program.status(root), QStringLiteral("paused"));
    QCOMPARE(program->execution(root, false)->execution.nextTask, QStringLiteral("after"));
    QVERIFY(program->continueExecution(root, {.step = true}).ok());
    QCOMPARE(program.ended(root), QStringLiteral("completed"));
}

void TestChildControl::cancelWhilePaused()
{
    QTemporaryDir folder;
    const Program program(folder.path());
    const auto [root, child] = pausedInChild(program);
    QVERIFY(program->cancel(root).ok());
    QCOMPARE(program.ended(root), QStringLiteral("cancelled"));
    QCOMPARE(program.status(child), QStringLiteral("cancelled"));
    QCOMPARE(toString(program->execution(root, true)->tasks.first().status), QStringLiteral("cancelled"));
}

void TestChildControl::outcomeOfAWaitingTaskIsNotForced()
{
    QTemporaryDir folder;
    const Program program(folder.path());
    const auto [root, child] = pausedInChild(program);
    const Result<void> forced = program->continueExecution(root, {.forced = TaskResult::success()});
    QVERIFY(!forced);
    QCOMPARE(forced.error().text(), QStringLiteral("Task 't' of execution %1 waits for flows that it has started: say "
                                                   "what comes of their tasks, or cancel it")
                                        .arg(root));
    // Its own next task's may be.
    QVERIFY(program->continueExecution(child, {.forced = TaskResult::failure(QStringLiteral("because"))}).ok());
    QCOMPARE(program.ended(root), QStringLiteral("failure"));
    QCOMPARE(program.error(root), QStringLiteral("Execution %1 of flow 'sub' failed: because").arg(child));
}

void TestChildControl::resumeKeepsWhatIsDone()
{
    QTemporaryDir folder;
    const Program program(folder.path());
    failingItem = 3;
    const ExecutionId first = program.start(file(QStringLiteral("main"), forEach(5), twoSteps));
    QCOMPARE(program.ended(first), QStringLiteral("failure"));
    const Result<ExecutionId> second = program->resume(first);
    QVERIFY(second.ok());
    QCOMPARE(program.ended(*second), QStringLiteral("failure")); // it still fails
    failingItem = -1;
    const Result<ExecutionId> third = program->resume(*second);
    QVERIFY(third.ok());
    const ExecutionDetails details = program->finished(*third).result();
    QCOMPARE(toString(details.execution.status), QStringLiteral("completed"));
    QCOMPARE(text(dataOf(details, QStringLiteral("t"))[u"results"]),
             QStringLiteral("[{'n':1},{'n':101},{'n':201},{'n':301},{'n':401}]"));
    const std::array<int, 5> expected{1, 1, 1, 3, 1};
    for (size_t i = 0; i < expected.size(); ++i)
        QCOMPARE(visits[i].load(), expected[i]);
}

void TestChildControl::resumeFromEarlierDoesAllAgain()
{
    QTemporaryDir folder;
    const Program program(folder.path());
    FlowFile flow = file(QStringLiteral("main"), forEach(3), twoSteps);
    flow.flow.tasks.last().type = QStringLiteral("fail");
    const ExecutionId first = program.start(flow);
    QCOMPARE(program.ended(first), QStringLiteral("failure")); // in `after`
    const Result<ExecutionId> again = program->resume(first, {.fromTask = QStringLiteral("t")});
    QVERIFY(again.ok());
    QCOMPARE(program.ended(*again), QStringLiteral("failure"));
    QCOMPARE(visits[0].load(), 2); // what was completed is done again, because that is what was asked for
    const Result<ExecutionId> after = program->resume(first);
    QVERIFY(after.ok());
    QCOMPARE(program.ended(*after), QStringLiteral("failure"));
    QCOMPARE(visits[0].load(), 2);
}

void TestChildControl::childrenAreResumedThroughTheirParent()
{
    QTemporaryDir folder;
    const Program program(folder.path());
    failingItem = 0;
    const ExecutionId root = program.start(file(QStringLiteral("main"), forEach(1), twoSteps));
    program.ended(root);
    const Result<ExecutionId> resumed = program->resume(root + 1);
    QVERIFY(!resumed);
    QCOMPARE(resumed.error().text(),
             QStringLiteral("Execution %1 was started by execution %2: resume that one, it takes up this one")
                 .arg(root + 1)
                 .arg(root));
}

void TestChildControl::goesOnAfterAKill_data()
{
    QTest::addColumn<int>("atOnce");
    QTest::newRow("one after the other") << 1;
    QTest::newRow("three at once") << 3;
}

void TestChildControl::goesOnAfterAKill()
{
    QFETCH(int, atOnce);
    const QTemporaryDir folder;
    QTemporaryDir next;
    // Each child works, then waits; the kill comes while some wait.
    const QString sub = QStringLiteral("{'sub': [{'name': 'first', 'type': 'item_work'},"
                                       " {'name': 'wait', 'type': 'delay', 'config': {'seconds':"
                                       " '${index == 2 ? 1.5 : 0.0}'}},"
                                       " {'name': 'last', 'type': 'set_variables', 'config': {'values': {'n':"
                                       " '${tasks.first.data}'}}}]}");
    ExecutionId root = 0;
    {
        const Program program(folder.path());
        root = program.start(file(QStringLiteral("main"), forEach(5, atOnce), sub));
        QTRY_VERIFY(visits[2] == 1);
        QTRY_VERIFY(program->execution(root + 3, true)->tasks.size() == 2); // in `wait`
        copyAsKilled(folder.path(), next.path());
        QVERIFY(program->cancel(root).ok());
        program.ended(root);
    }
    const int before = visits[0] + visits[1] + visits[2];
    QCOMPARE(before, 3);
    const Program program(next.path());
    QCOMPARE(program->interruptedAtStart(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(program.status(root), QStringLiteral("completed"), 20'000);
    const Result<ExecutionDetails> details = program->execution(root, true);
    QCOMPARE(text(dataOf(*details, QStringLiteral("t"))[u"results"]),
             QStringLiteral("[{'n':0},{'n':100},{'n':200},{'n':300},{'n':400}]"));
    QCOMPARE(visits[0] + visits[1] + visits[2], 3); // what was done was not done again
    QCOMPARE(program->executions({})->total, 6);
    QCOMPARE(details->tasks.size(), 2); // the same attempt went on
}

void TestChildControl::interruptedChildInterruptsItsParent()
{
    const QTemporaryDir folder;
    QTemporaryDir next;
    FlowFile flow = file(QStringLiteral("main"), forEach(3),
                         QStringLiteral("{'sub': [{'name': 'first', 'type': 'item_work'},"
                                        " {'name': 'risky', 'type': 'delay', 'retry_safe': false, 'config': {'seconds':"
                                        " '${index == 1 ? 1.5 : 0.0}'}}]}"));
    ExecutionId root = 0;
    {
        const Program program(folder.path());
        root = program.start(flow);
        QTRY_VERIFY(program->execution(root + 2, true).ok() && program->execution(root + 2, true)->tasks.size() == 2);
        copyAsKilled(folder.path(), next.path());
        QVERIFY(program->cancel(root).ok());
        program.ended(root);
    }
    const Program program(next.path());
    QTRY_COMPARE(program.status(root), QStringLiteral("interrupted"));
    QCOMPARE(program.status(root + 2), QStringLiteral("interrupted"));
    QVERIFY2(program.error(root).contains(QStringLiteral("task 'risky' was running")), qPrintable(program.error(root)));
    QCOMPARE(visits[2].load(), 0); // nobody goes on past it

    // The person has looked: on it goes.
    const Result<ExecutionId> resumed = program->resume(root);
    QVERIFY(resumed.ok());
    QCOMPARE(program.ended(*resumed), QStringLiteral("completed"));
    QCOMPARE(visits[0].load(), 1);
    QCOMPARE(visits[1].load(), 1);
    QCOMPARE(visits[2].load(), 1);
}

QTEST_GUILESS_MAIN(TestChildControl)
#include "tst_child_control.moc"
