// SPDX-License-Identifier: GPL-3.0-or-later
#include "marked_processes.h"
#include "run_task.h"

#include "support/flow_test.h"
#include "tasks/child_process.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QProcess>
#include <QRandomGenerator>

#include <csignal>
#include <cstdio>
#include <thread>

using namespace flow;
using namespace flow::test;

/// Whatever ends a command, nobody it started is left.
class TestRunCommandEnds : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void cancelledBeforeTheStart();
    void politeOnesMayTidyUp();
    void cancelledAtRandomMoments();
    void slowLogDelaysNothing();
    void ourDeath_data();
    void ourDeath();
    void ourDeathWithTheGuard();
};

namespace {

/// Each makes stopping it hard in a way of its own.
const QStringList stubborn{
    QStringLiteral("sleep 1000"),
    QStringLiteral("trap '' TERM; sleep 1000 & sleep 1000; sleep 1000"),
    QStringLiteral("trap '' TERM INT HUP; while :; do sleep 0.01; done"),
    QStringLiteral("sh -c 'sleep 1000 & sleep 1000' & sleep 1000 & wait"),
    QStringLiteral("setsid sleep 1000 & sleep 1000"),
    QStringLiteral("setsid sh -c 'trap \"\" TERM; setsid sleep 1000 & while :; do sleep 0.01; done' & exit 0"),
    QStringLiteral("(setsid sh -c 'while :; do echo held; sleep 0.01; done' &) ; sleep 1000"),
    QStringLiteral("trap 'sleep 1000 & exit' TERM; while :; do sleep 0.01; done"),
    QStringLiteral("yes | head -c 100000000; yes >&2"),
    QStringLiteral("kill -STOP $$"),
    QStringLiteral("for i in 1 2 3 4 5; do setsid sh -c 'sleep 1000 & sleep 1000' & done; wait"),
    QStringLiteral("exit 0"),
};

QJsonObject shell(const QString &script, const MarkedProcesses &marked)
{
    return {{QStringLiteral("program"), QStringLiteral("sh")},
            {QStringLiteral("arguments"), QJsonArray{QStringLiteral("-c"), script}},
            {QStringLiteral("environment"), QJsonObject{{MarkedProcesses::variable(), marked.value()}}}};
}

/// Milliseconds from the cancel to the end of execute(); 0 when it had ended by itself.
double cancelAfter(std::chrono::microseconds delay, const QJsonObject &config)
{
    TaskBench bench;
    std::atomic<qint64> cancelledAt = 0;
    QElapsedTimer clock;
    clock.start();
    std::thread canceller([&] {
        std::this_thread::sleep_for(delay);
        cancelledAt = clock.nsecsElapsed();
        bench.cancel.cancel();
    });
    bench.run(QStringLiteral("run_command"), config);
    const qint64 ended = clock.nsecsElapsed();
    canceller.join();
    return std::max(0.0, double(ended - cancelledAt) / 1e6);
}

} // namespace

void TestRunCommandEnds::cancelledBeforeTheStart()
{
    const MarkedProcesses marked;
    TaskBench bench;
    bench.cancel.cancel();
    const TaskResult result =
        bench.run(QStringLiteral("run_command"), shell(QStringLiteral("echo started; sleep 1000"), marked));
    QCOMPARE(result.error, QStringLiteral("'sh' was stopped"));
    QCOMPARE(bench.log, QStringList());
}

void TestRunCommandEnds::politeOnesMayTidyUp()
{
    const MarkedProcesses marked;
    TaskBench bench;
    bench.onLog = [&bench](const QString &line) {
        if (line == u"info: ready")
            bench.cancel.cancel();
    };
    const QString script = QStringLiteral("trap 'echo tidied up; exit' TERM; echo ready; while :; do :; done");
    QCOMPARE(bench.run(QStringLiteral("run_command"), shell(script, marked)).error, QStringLiteral("'sh' was stopped"));
    QCOMPARE(bench.log, (QStringList{QStringLiteral("info: ready"), QStringLiteral("info: tidied up")}));
}

void TestRunCommandEnds::cancelledAtRandomMoments()
{
    constexpr int rounds = 500;
    QRandomGenerator random(20'231);
    const MarkedProcesses marked;
    QList<double> times;
    for (int round = 0; round < rounds; ++round) {
        const QString &script = stubborn[random.bounded(stubborn.size())];
        // Most moments of interest lie around the start.
        const int longest = random.bounded(2) ? 5'000 : 60'000;
        const double time = cancelAfter(std::chrono::microseconds(random.bounded(longest)), shell(script, marked));
        QVERIFY2(time < 2'000, qPrintable(QStringLiteral("%1 ms: %2").arg(time).arg(script))); // of a busy machine
        times << time;
        // Nobody now, unless the machine is so busy that the 180 ms were over first.
        if (time < 180)
            QCOMPARE(marked.alive(), QStringList());
        else
            QTRY_COMPARE(marked.alive(), QStringList());
    }
    std::sort(times.begin(), times.end());
    qInfo("%d cancels: median %.1f ms, 95%% %.1f ms, 99%% %.1f ms, worst %.1f ms; %d above 150 ms, %d above 200 ms",
          rounds, times[rounds / 2], times[rounds * 95 / 100], times[rounds * 99 / 100], times.last(),
          int(std::count_if(times.begin(), times.end(), [](double time) { return time > 150; })),
          int(std::count_if(times.begin(), times.end(), [](double time) { return time > 200; })));
    QVERIFY(times[rounds / 2] < 200);
}

/// The command is told to end by whoever cancels, not when the log has time.
void TestRunCommandEnds::slowLogDelaysNothing()
{
    const MarkedProcesses marked;
    TaskBench bench;
    bench.onLog = [&](const QString &line) {
        if (line != u"info: ready")
            return;
        // Asked once only: a process that just becomes another program has no environment for a moment.
        const bool isReady = QTest::qWaitFor([&marked] { return marked.alive().size() == 3; });
        bench.cancel.cancel();
        QVERIFY(isReady);
        QTRY_COMPARE(marked.alive(), QStringList());
    };
    const QString script =
        QStringLiteral("trap '' TERM; sleep 1000 & echo ready; setsid sleep 1000 & wait; sleep 1000");
    QCOMPARE(bench.run(QStringLiteral("run_command"), shell(script, marked)).error, QStringLiteral("'sh' was stopped"));
}

void TestRunCommandEnds::ourDeath_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<int>("signal");
    for (int number : {SIGKILL, SIGTERM}) {
        for (const QString &script : stubborn) {
            if (script != u"exit 0" && !script.endsWith(u"exit 0"))
                QTest::addRow("%d: %s", number, qPrintable(script)) << script + QString() << number;
        }
    }
}

/// This program again, running one command, killed.
void TestRunCommandEnds::ourDeath()
{
    QFETCH(QString, script);
    QFETCH(int, signal);
    const MarkedProcesses marked;
    QProcess program;
    program.start(QCoreApplication::applicationFilePath(),
                  {QStringLiteral("run-a-command"), marked.value(), QStringLiteral("echo ready; ") + script});
    QVERIFY(program.waitForReadyRead());
    QTRY_VERIFY(!marked.alive().isEmpty());
    ::kill(pid_t(program.processId()), signal);
    QVERIFY(program.waitForFinished());
    QCOMPARE(program.exitStatus(), QProcess::CrashExit);
    QTRY_COMPARE(marked.alive(), QStringList());
}

/// What is killed by name takes both along, for they have the same one. The command itself still ends.
void TestRunCommandEnds::ourDeathWithTheGuard()
{
    const MarkedProcesses marked;
    QProcess program;
    program.start(QCoreApplication::applicationFilePath(),
                  {QStringLiteral("run-a-command"), marked.value(), QStringLiteral("echo ready; exec sleep 1000")});
    QVERIFY(program.waitForReadyRead());
    const int guard = program.readAll().trimmed().toInt();
    QVERIFY(guard > 0);
    ::kill(pid_t(program.processId()), SIGSTOP); // so that it cannot do it
    ::kill(guard, SIGKILL);
    ::kill(pid_t(program.processId()), SIGKILL);
    QVERIFY(program.waitForFinished());
    QTRY_COMPARE(marked.alive(), QStringList());
}

namespace {

/// Prints the number of the guard once the command has written something.
int runOneCommand(const QString &mark, const QString &script)
{
    Result<ChildProcess> process = ChildProcess::start({.program = QStringLiteral("sh"),
                                                        .arguments = {QStringLiteral("-c"), script},
                                                        .environment = {{MarkedProcesses::variable(), mark}}});
    if (!process)
        return 1;
    const auto tell = [&process](QByteArrayView bytes) {
        if (bytes.startsWith("ready"))
            std::printf("%lld\n", process->rootProcessId());
        std::fflush(stdout);
    };
    return process->wait(tell, [](QByteArrayView) {}, {}).ok() ? 0 : 1;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 4 && arguments[1] == u"run-a-command")
        return runOneCommand(arguments[2], arguments[3]);
    TestRunCommandEnds test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_run_command_ends.moc"
