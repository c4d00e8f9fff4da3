// SPDX-License-Identifier: GPL-3.0-or-later
#include "service_fixture.h"
#include "support/flow_test.h"

#include <QDir>
#include <QFileInfo>

#include <atomic>
#include <csignal>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace flow;

namespace {

/// Goes round until somebody stops it.
FlowFile endlessFile(const QString &id)
{
    FlowFile file = fileOf(id, QStringLiteral("a,type=delay b"), QStringLiteral("a any b; b any a"));
    file.flow.tasks.first().config = QJsonObject{{QStringLiteral("seconds"), 0.02}};
    return file;
}

QString status(FlowService &service, ExecutionId id)
{
    return toString(service.execution(id, false)->execution.status);
}

} // namespace

/// Several programs on one data folder: a second service stands for each, a forked process for one that dies.
class TestTwoPrograms : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void theLivingAreLeftAlone();
    void theLivingAreKnownByAnyName_data();
    void theLivingAreKnownByAnyName();
    void eachSeesWhatTheOtherSaves();
    void oneWaitsForTheOthersExecution();
    void oneCancelsTheOthersExecution();
    void onePausesTheOthersExecution();
    void oneChangesTheOthersBreakpoints();
    void bothRunAtOnce();
    void theDeadAreMarked();
    void waitingForTheDeadEnds();
    void cancellingTheDeadSaysWhatHappened();
    void deletingDoesNotWaitForTheDead();
    void theBusySettleTheDead();
    void theDeadLeaveNothing();
    void theDoorIsShutToOne();

private:
    /// A program that has started the waiting flow `x` and was killed right in it; before that `during` runs here.
    static ExecutionId killedWhileRunning(const ServiceFixture &service,
                                          const std::function<void(ExecutionId)> &during);
};

ExecutionId TestTwoPrograms::killedWhileRunning(const ServiceFixture &service,
                                                const std::function<void(ExecutionId)> &during)
{
    int pipe[2] = {};
    if (::pipe(pipe) != 0)
        qFatal("no pipe");
    const QByteArray program = QCoreApplication::applicationFilePath().toLocal8Bit();
    const pid_t child = ::fork();
    if (child == 0) {
        // A fresh start of this test program: a fork may not go on with the threads of its parent.
        ::dup2(pipe[1], 3);
        ::setenv("FLOW_TEST_DATA_DIR", service.dataDir().toLocal8Bit().constData(), 1);
        ::setenv("FLOW_TEST_OTHERS_DATABASE", service.databaseUrl().toLocal8Bit().constData(), 1);
        ::execl(program.constData(), program.constData(), nullptr);
        ::_exit(1);
    }
    ::close(pipe[1]);
    char text[32] = {};
    if (::read(pipe[0], text, sizeof text - 1) <= 0)
        qFatal("the other program did not start");
    ::close(pipe[0]);
    const ExecutionId id = QByteArray(text).toLongLong();
    during(id);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    service.waitUntilAlone(); // a server hears of it a moment later
    return id;
}

void TestTwoPrograms::theLivingAreLeftAlone()
{
    const ServiceFixture one;
    const ExecutionId id = one->start(RunRequest{waitingFile(QStringLiteral("x")), {}}).value();
    QTRY_COMPARE(toString(one->execution(id, false)->execution.status), QStringLiteral("running"));
    const auto other = one.open();
    QCOMPARE(other->interruptedAtStart(), 0);
    QCOMPARE(toString(other->execution(id, false)->execution.status), QStringLiteral("running"));
    QCOMPARE(other->runningExecutions(), 0); // it is not this one's
    QVERIFY(one->cancel(id));
    QCOMPARE(toString(one->finished(id).result().execution.status), QStringLiteral("cancelled"));
}

void TestTwoPrograms::theLivingAreKnownByAnyName_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("a link to the file") << QStringLiteral("link.db");
    QTest::newRow("a link to a link") << QStringLiteral("second link.db");
    QTest::newRow("a link to the folder") << QStringLiteral("linked folder/flows.db");
    QTest::newRow("dots") << QStringLiteral("sub/../data/flows.db");
}

void TestTwoPrograms::theLivingAreKnownByAnyName()
{
    if (test::onServer())
        QSKIP("about files");
    QFETCH(QString, path);
    const ServiceFixture one;
    const ExecutionId id = one->start(RunRequest{waitingFile(QStringLiteral("x")), {}}).value();
    QTRY_COMPARE(status(*one, id), QStringLiteral("running"));

    const QDir folder(QFileInfo(one.dataDir()).absolutePath());
    QVERIFY(folder.mkdir(QStringLiteral("sub")));
    QVERIFY(QFile::link(one.dataDir() + QStringLiteral("/flows.db"), folder.filePath(QStringLiteral("link.db"))));
    QVERIFY(QFile::link(QStringLiteral("link.db"), folder.filePath(QStringLiteral("second link.db"))));
    QVERIFY(QFile::link(one.dataDir(), folder.filePath(QStringLiteral("linked folder"))));
    ServiceSettings settings;
    settings.dataDir = folder.filePath(QStringLiteral("other data"));
    settings.databaseUrl = QStringLiteral("sqlite:///") + folder.filePath(path);
    const auto other = FlowService::open(settings);
    QVERIFY2(other, other ? "" : qPrintable(other.error().text()));
    QCOMPARE((*other)->interruptedAtStart(), 0);
    QCOMPARE(status(**other, id), QStringLiteral("running"));
    QVERIFY((*other)->cancel(id));
    QTRY_COMPARE(status(*one, id), QStringLiteral("cancelled"));
}

void TestTwoPrograms::eachSeesWhatTheOtherSaves()
{
    const ServiceFixture one;
    const auto other = one.open();
    QVERIFY(one->createFlow(fileOf(QStringLiteral("x"), QStringLiteral("a"))));
    QVERIFY(other->flow(QStringLiteral("x")));
    QVERIFY(other->createFlow(fileOf(QStringLiteral("x"), QStringLiteral("a"))).error().code == ErrorCode::Conflict);
    QCOMPARE(other->saveFlow(fileOf(QStringLiteral("x"), QStringLiteral("b")))->version, 2);
    QCOMPARE(one->saveFlow(fileOf(QStringLiteral("x"), QStringLiteral("c")))->version, 3);
}

void TestTwoPrograms::oneWaitsForTheOthersExecution()
{
    const ServiceFixture one;
    const auto other = one.open();
    const ExecutionId id = one->start(RunRequest{waitingFile(QStringLiteral("x")), {}}).value();
    const QFuture<ExecutionDetails> end = other->finished(id);
    QTRY_COMPARE(toString(other->execution(id, false)->execution.status), QStringLiteral("running"));
    QVERIFY(!end.isFinished());
    QVERIFY(one->cancel(id));
    QTRY_VERIFY(end.isFinished());
    QCOMPARE(toString(end.result().execution.status), QStringLiteral("cancelled"));
}

void TestTwoPrograms::oneCancelsTheOthersExecution()
{
    const ServiceFixture one;
    const auto other = one.open();
    const ExecutionId id = one->start(RunRequest{waitingFile(QStringLiteral("x")), {}}).value();
    const ExecutionId bystander = one->start(RunRequest{waitingFile(QStringLiteral("x")), {}}).value();
    QVERIFY(other->cancel(id));
    QCOMPARE(toString(one->finished(id).result().execution.status), QStringLiteral("cancelled"));
    QVERIFY(!isFinished(one->execution(bystander, false)->execution.status));
    QVERIFY(other->cancel(id).error().code == ErrorCode::NotAllowed);
}

void TestTwoPrograms::onePausesTheOthersExecution()
{
    const ServiceFixture one;
    const auto other = one.open();
    const ExecutionId id = one->start(RunRequest{endlessFile(QStringLiteral("x")), {}}).value();
    QVERIFY(other->pause(id));
    QTRY_COMPARE(status(*other, id), QStringLiteral("paused"));
    QVERIFY(other->pause(id).error().code == ErrorCode::NotAllowed);
    // What was asked is done with: it goes on, and here, until it is asked again.
    QVERIFY(other->continueExecution(id));
    QTRY_COMPARE(status(*one, id), QStringLiteral("running"));
    const int before = int(one->execution(id, true)->tasks.size());
    QTRY_VERIFY(one->execution(id, true)->tasks.size() > before + 20);
    QVERIFY(one->pause(id));
    QTRY_COMPARE(status(*one, id), QStringLiteral("paused"));
    QVERIFY(one->cancel(id));
    QTRY_COMPARE(status(*one, id), QStringLiteral("cancelled"));
}

void TestTwoPrograms::oneChangesTheOthersBreakpoints()
{
    const ServiceFixture one;
    const auto other = one.open();
    const ExecutionId id = one->start(RunRequest{endlessFile(QStringLiteral("x")), {}}).value();
    QTRY_COMPARE(status(*other, id), QStringLiteral("running"));
    QVERIFY(other->setBreakpoints(id, {{.task = QStringLiteral("b")}}));
    QTRY_COMPARE(status(*other, id), QStringLiteral("paused"));
    QCOMPARE(other->execution(id, false)->execution.nextTask, QStringLiteral("b"));
    QVERIFY(one->cancel(id));
}

void TestTwoPrograms::bothRunAtOnce()
{
    const ServiceFixture one;
    const auto other = one.open();
    QVERIFY(one->createFlow(fileOf(QStringLiteral("x"), QStringLiteral("a b"), QStringLiteral("a any b"))));
    QList<QFuture<ExecutionDetails>> ends;
    for (int number = 0; number < 100; ++number) {
        ends << one->finished(one->start(QStringLiteral("x"), {}).value());
        ends << other->finished(other->start(QStringLiteral("x"), {}).value());
    }
    for (QFuture<ExecutionDetails> &end : ends)
        QCOMPARE(toString(end.result().execution.status), QStringLiteral("completed"));
    QCOMPARE(one->executions({.status = ExecutionStatus::Completed}).value().total, 200);
}

void TestTwoPrograms::theDeadAreMarked()
{
    const ServiceFixture service;
    const ExecutionId id = killedWhileRunning(service, [&](ExecutionId running) {
        QCOMPARE(toString(service->execution(running, false)->execution.status), QStringLiteral("running"));
    });
    QVERIFY(id > 0);
    const auto next = service.open();
    QCOMPARE(next->interruptedAtStart(), 1);
    const ExecutionDetails details = next->execution(id, true).value();
    QCOMPARE(toString(details.execution.status), QStringLiteral("interrupted"));
    QVERIFY(!details.execution.errorMessage.isEmpty());
    QCOMPARE(toString(details.tasks.first().status), QStringLiteral("interrupted"));
    QCOMPARE(service.open()->interruptedAtStart(), 0);
}

void TestTwoPrograms::waitingForTheDeadEnds()
{
    const ServiceFixture service;
    QFuture<ExecutionDetails> end;
    killedWhileRunning(service, [&](ExecutionId id) { end = service->finished(id); });
    QTRY_VERIFY(end.isFinished());
    QCOMPARE(toString(end.result().execution.status), QStringLiteral("interrupted"));
}

void TestTwoPrograms::cancellingTheDeadSaysWhatHappened()
{
    const ServiceFixture service;
    const ExecutionId id = killedWhileRunning(service, [](ExecutionId) {});
    const Result<void> cancelled = service->cancel(id);
    QVERIFY(!cancelled);
    QCOMPARE(cancelled.error().reason, QStringLiteral("Execution %1 has already ended (interrupted)").arg(id));
}

void TestTwoPrograms::deletingDoesNotWaitForTheDead()
{
    const ServiceFixture service;
    const ExecutionId id = killedWhileRunning(service, [](ExecutionId) {});
    QVERIFY(service->deleteFlow(QStringLiteral("x")));
    QVERIFY(service->execution(id, false).error().code == ErrorCode::NotFound);
}

void TestTwoPrograms::theBusySettleTheDead()
{
    ServiceFixture service;
    ServiceSettings settings = service->settings();
    settings.stays = true;
    service.close();
    const auto busy = FlowService::open(settings).value();
    QVERIFY(busy->createFlow(waitingFile(QStringLiteral("w"))));
    for (int number = 0; number < settings.executionThreads + 80; ++number)
        QVERIFY(busy->start(QStringLiteral("w"), {}));
    const ExecutionId id = killedWhileRunning(service, [](ExecutionId) {});
    QTRY_COMPARE(status(*busy, id), QStringLiteral("interrupted"));
}

void TestTwoPrograms::theDeadLeaveNothing()
{
    if (test::onServer())
        QSKIP("about files");
    ServiceFixture service;
    const QDir folder(service.dataDir() + QStringLiteral("/flows.db-owners"));
    killedWhileRunning(service, [](ExecutionId) {});
    QVERIFY(service->deleteFlow(QStringLiteral("x"))); // so that nobody asks for its owner
    service.close();
    QFile left(folder.filePath(QStringLiteral("owner-4f0c1c1e-0000-0000-0000-000000000000.lock")));
    QVERIFY(left.open(QIODevice::WriteOnly));
    left.close();
    service.reopen();
    QCOMPARE(folder.entryList(QDir::Files).size(), 1);
}

/// Who puts a backup in the place of the database is alone with it.
void TestTwoPrograms::theDoorIsShutToOne()
{
    if (test::onServer())
        QSKIP("about files");
    ServiceFixture one;
    QVERIFY(one->createFlow(fileOf(QStringLiteral("x"), QStringLiteral("a"))));
    const QString backup = one.dataDir() + QStringLiteral("/backup.db");
    QVERIFY(one->backUpDatabase(backup, ExistingFile::Keep));
    const ServiceSettings settings = one->settings();
    QCOMPARE(FlowService::restoreDatabase(settings, backup).error().code, ErrorCode::NotAllowed);
    auto other = one.open();
    one.close();
    QCOMPARE(FlowService::restoreDatabase(settings, backup).error().code, ErrorCode::NotAllowed);
    other.reset();
    // Whoever comes in meanwhile waits, and finds the old one or the new one, whole.
    std::atomic<int> found = 0;
    std::vector<std::thread> programs;
    for (int number = 0; number < 4; ++number)
        programs.emplace_back([&] { found += FlowService::open(settings).value()->flow(QStringLiteral("x")).ok(); });
    while (!FlowService::restoreDatabase(settings, backup))
        QThread::yieldCurrentThread();
    for (std::thread &program : programs)
        program.join();
    QCOMPARE(found.load(), 4);
    one.reopen();
    QCOMPARE(one->checkDatabase().value(), QStringList());
}

/// The other program: starts a flow, tells its id on descriptor 3, and waits to be killed.
static int otherProgram(const QString &dataDir)
{
    ServiceSettings settings;
    settings.dataDir = dataDir;
    settings.databaseUrl = qEnvironmentVariable("FLOW_TEST_OTHERS_DATABASE");
    const auto service = FlowService::open(settings).value();
    const ExecutionId id = service->start(RunRequest{waitingFile(QStringLiteral("x")), {}}).value();
    while (service->execution(id, true)->tasks.isEmpty())
        QThread::yieldCurrentThread();
    const QByteArray text = QByteArray::number(id);
    (void)!::write(3, text.constData(), static_cast<size_t>(text.size()));
    for (;;)
        ::pause();
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (qEnvironmentVariableIsSet("FLOW_TEST_DATA_DIR"))
        return otherProgram(qEnvironmentVariable("FLOW_TEST_DATA_DIR"));
    TestTwoPrograms test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_two_programs.moc"
