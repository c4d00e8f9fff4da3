// SPDX-License-Identifier: GPL-3.0-or-later
#include "marked_processes.h"

#include "support/flow_test.h"
#include "tasks/child_process.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <csignal>
#include <thread>

using namespace flow;
using namespace flow::test;

class TestChildProcess : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void ends_data();
    void ends();
    void readsAllOfALargePipe();
    void ignoredSignalsStayOurs();
    void refuses_data();
    void refuses();
    void argumentsArriveAsTheyAre_data();
    void argumentsArriveAsTheyAre();
    void environmentAndInputArrive();
    void relativeProgramsCountFromTheFolder();
    void inheritsNothing();
    void leavesNobody_data();
    void leavesNobody();
    void destructorKills();
    void guardIsKilled_data();
    void guardIsKilled();
    void guardsAreNamedAsSuch();
    void floodNeedsNoMemory();
    void manyThreadsAtOnce();
    void startIsCheap();
};

namespace {

struct Ran
{
    QString error;
    ChildEnd end;
    QByteArray output;
    QByteArray errors;

    QString how() const
    {
        if (!error.isNull())
            return error;
        const QString word = end.how == ChildEnd::How::Exited      ? QStringLiteral("exited")
                             : end.how == ChildEnd::How::Signalled ? QStringLiteral("signalled")
                                                                   : QStringLiteral("stopped");
        return QStringLiteral("%1 %2%3").arg(word).arg(end.code).arg(end.allGone ? QString()
                                                                                 : QStringLiteral(", some are left"));
    }
};

Ran run(const ChildCommand &command, const CancelToken &cancel = {})
{
    Ran ran;
    Result<ChildProcess> process = ChildProcess::start(command);
    if (!process) {
        ran.error = process.error().text();
        return ran;
    }
    const Result<ChildEnd> end = process->wait([&](QByteArrayView bytes) { ran.output += bytes; },
                                               [&](QByteArrayView bytes) { ran.errors += bytes; }, cancel);
    if (end)
        ran.end = *end;
    else
        ran.error = end.error().text();
    return ran;
}

ChildCommand shell(const QString &script, const MarkedProcesses &marked = {})
{
    return {.program = QStringLiteral("sh"),
            .arguments = {QStringLiteral("-c"), script},
            .environment = {{MarkedProcesses::variable(), marked.value()}}};
}

QByteArray fileOf(qint64 process, const char *name)
{
    QFile file(QStringLiteral("/proc/%1/%2").arg(process).arg(QLatin1String(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

/// Number by name of the two that stand between us and a running command.
QMap<QString, qint64> guardsOf(qint64 root)
{
    QMap<QString, qint64> guards{{QString::fromUtf8(fileOf(root, "comm")), root}};
    const QByteArray below = fileOf(root, qPrintable(QStringLiteral("task/%1/children").arg(root)));
    if (below.toLongLong() > 0)
        guards.insert(QString::fromUtf8(fileOf(below.toLongLong(), "comm")), below.toLongLong());
    return guards;
}

} // namespace

void TestChildProcess::ends_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("how");
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<QByteArray>("errors");
    const auto row = [](const char *name, const char *script, const char *how, const char *output = "",
                        const char *errors = "") {
        QTest::newRow(name) << QString::fromUtf8(script) << QString::fromUtf8(how) << QByteArray(output)
                            << QByteArray(errors);
    };
    row("nothing", "exit 0", "exited 0");
    row("exit code", "exit 3", "exited 3");
    row("largest exit code", "exit 255", "exited 255");
    row("both outputs", "echo a; echo b >&2; printf c", "exited 0", "a\nc", "b\n");
    row("killed", "kill -KILL $$", "signalled 9");
    row("terminated", "kill -TERM $$", "signalled 15");
    row("broken pipe is not ignored", "kill -PIPE $$", "signalled 13");
    row("no signal is blocked", "grep SigBlk /proc/self/status", "exited 0", "SigBlk:\t0000000000000000\n");
    row("what a dead child wrote", "(echo early; sleep 1000) & sleep 0.1; exit 1", "exited 1", "early\n");
    row("outputs closed early", "exec >&- 2>&-; sleep 0.05; exit 4", "exited 4");
}

void TestChildProcess::ends()
{
    QFETCH(QString, script);
    const Ran ran = run(shell(script));
    QTEST(ran.how(), "how");
    QTEST(ran.output, "output");
    QTEST(ran.errors, "errors");
}

/// More than one reading takes may be there when the last writer has ended.
void TestChildProcess::readsAllOfALargePipe()
{
    const QString script = QStringLiteral("$| = 1; fcntl(STDOUT, 1031, 1048576) or die; " // F_SETPIPE_SZ
                                          "print 'x'; select(undef, undef, undef, 0.1); print 'y' x 900000");
    const MarkedProcesses marked;
    Result<ChildProcess> process =
        ChildProcess::start({.program = QStringLiteral("perl"),
                             .arguments = {QStringLiteral("-e"), script},
                             .environment = {{MarkedProcesses::variable(), marked.value()}}});
    QVERIFY(process.ok());
    qsizetype size = 0;
    const auto read = [&](QByteArrayView bytes) {
        size += bytes.size();
        QTRY_COMPARE(marked.alive(), QStringList()); // to which it comes while nobody reads
    };
    QVERIFY(process->wait(read, [](QByteArrayView) {}, {}).ok());
    QCOMPARE(size, 900'001);
}

void TestChildProcess::ignoredSignalsStayOurs()
{
    const auto beforePipe = std::signal(SIGPIPE, SIG_IGN);
    const auto beforeChild = std::signal(SIGCHLD, SIG_IGN);
    const Ran ran = run(shell(QStringLiteral("sleep 0.01 & kill -PIPE $$")));
    std::signal(SIGPIPE, beforePipe);
    std::signal(SIGCHLD, beforeChild);
    QCOMPARE(ran.how(), QStringLiteral("signalled 13"));
}

void TestChildProcess::refuses_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("argument");
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *name, const char *program, const char *error, const QString &argument = {},
                        const QString &variable = QStringLiteral("A"), const char *folder = "") {
        QTest::newRow(name) << QString::fromUtf8(program) << argument << variable << QString::fromUtf8(folder)
                            << QString::fromUtf8(error);
    };
    const QString zero(QChar(0));
    row("not in PATH", "no-such-program",
        "the program 'no-such-program' cannot be started: no folder in PATH has it; install it or give its full path");
    row("no such file", "/no/such/program", "the program '/no/such/program' cannot be started: there is no such file");
    row("not executable", "/etc/passwd", "the program '/etc/passwd' cannot be started: it is not executable");
    row("a folder", "/etc", "the program '/etc' cannot be started: it is a folder");
    row("working folder missing", "sh", "the working folder '/no/such' does not exist", {}, QStringLiteral("A"),
        "/no/such");
    row("working folder is a file", "sh", "the working folder '/etc/passwd' is a file", {}, QStringLiteral("A"),
        "/etc/passwd");
    row("zero in an argument", "sh", "argument 1 contains a zero character, which no program can be given", zero);
    row("name of a variable", "sh", "'A=B' cannot be the name of an environment variable", {}, QStringLiteral("A=B"));
    row("no name of a variable", "sh", "'' cannot be the name of an environment variable", {}, QString());
    row("too long", "true",
        "the program 'true' cannot be started: its arguments and environment are too long for the system",
        QString(3'000'000, u'x'));
}

void TestChildProcess::refuses()
{
    QFETCH(QString, program);
    QFETCH(QString, argument);
    QFETCH(QString, variable);
    QFETCH(QString, folder);
    const Ran ran = run({.program = program,
                         .arguments = {argument},
                         .environment = {{variable, QStringLiteral("hidden value")}},
                         .folder = folder,
                         .input = "hidden input"});
    QTEST(ran.error, "error");
    QVERIFY(!ran.error.contains(u"hidden"));
}

void TestChildProcess::argumentsArriveAsTheyAre_data()
{
    QTest::addColumn<QString>("argument");
    QTest::newRow("spaces") << QStringLiteral("  a  b ");
    QTest::newRow("quotes") << QStringLiteral("'\"`\\");
    QTest::newRow("substitution") << QStringLiteral("$(reboot) ${HOME} $HOME");
    QTest::newRow("separators") << QStringLiteral("; true & | > /dev/null #");
    QTest::newRow("patterns") << QStringLiteral("* ? [a] ~");
    QTest::newRow("newlines") << QStringLiteral("a\nb\r\n\n");
    QTest::newRow("empty") << QString();
    QTest::newRow("unicode") << QStringLiteral("żółć 漢字 \U0001F600");
    QTest::newRow("like an option") << QStringLiteral("--version");
    QTest::newRow("long") << QString(100'000, u'x');
}

void TestChildProcess::argumentsArriveAsTheyAre()
{
    QFETCH(QString, argument);
    const Ran ran = run({.program = QStringLiteral("sh"),
                         .arguments = {QStringLiteral("-c"), QStringLiteral("printf '%s|' \"$#\" \"$@\""),
                                       QStringLiteral("name"), argument, QStringLiteral("last")}});
    QCOMPARE(ran.how(), QStringLiteral("exited 0"));
    QCOMPARE(QString::fromUtf8(ran.output), QStringLiteral("2|%1|last|").arg(argument));
}

void TestChildProcess::environmentAndInputArrive()
{
    qputenv("FLOW_TEST_OURS", "ours");
    qputenv("FLOW_TEST_BOTH", "ours");
    qputenv("DATABASE_URL", "postgresql://me:secret@host/flows"); // this program's own
    QByteArray input(1'000'000, 'i');
    input += '\0';
    const QTemporaryDir folder;
    const Ran ran =
        run({.program = QStringLiteral("sh"),
             .arguments = {QStringLiteral("-c"),
                           QStringLiteral("echo $FLOW_TEST_OURS,$FLOW_TEST_BOTH,$NEW,$DATABASE_URL; pwd; wc -c")},
             .environment = {{QStringLiteral("FLOW_TEST_BOTH"), QStringLiteral("theirs")},
                             {QStringLiteral("NEW"), QStringLiteral("a = b\n'c")}},
             .folder = folder.path(),
             .input = input});
    QCOMPARE(QString::fromUtf8(ran.output), QStringLiteral("ours,theirs,a = b 'c,\n%1\n1000001\n").arg(folder.path()));
}

void TestChildProcess::relativeProgramsCountFromTheFolder()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("bin")));
    for (const QString &name : {QStringLiteral("script"), QStringLiteral("no-first-line")}) {
        QFile file(folder.filePath(QStringLiteral("bin/") + name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(name == u"script" ? "#!/bin/sh\necho \"$0\"\n" : "echo no\n");
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    }
    const Ran withPath = run({.program = QStringLiteral("./bin/script"), .folder = folder.path()});
    QCOMPARE(QString::fromUtf8(withPath.output), folder.filePath(QStringLiteral("bin/script")) + u'\n');
    const Ran withName = run({.program = QStringLiteral("script"),
                              .environment = {{QStringLiteral("PATH"), folder.filePath(QStringLiteral("bin"))}}});
    QCOMPARE(QString::fromUtf8(withName.output), folder.filePath(QStringLiteral("bin/script")) + u'\n');
    QCOMPARE(run({.program = QStringLiteral("bin/no-first-line"), .folder = folder.path()}).error,
             QStringLiteral("the program 'bin/no-first-line' cannot be started: the system does not know how to run "
                            "such a file"));
}

/// Not even what somebody opened without close-on-exec.
void TestChildProcess::inheritsNothing()
{
    QFile left(QStringLiteral("/dev/null"));
    QVERIFY(left.open(QIODevice::ReadOnly));
    const int open = ::dup(left.handle());
    QVERIFY(open > 3);
    const Ran ran = run({.program = QStringLiteral("ls"), .arguments = {QStringLiteral("/proc/self/fd")}});
    ::close(open);
    QCOMPARE(ran.output, QByteArray("0\n1\n2\n3\n")); // the last is the folder that it lists
}

void TestChildProcess::leavesNobody_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("how");
    QTest::newRow("child") << QStringLiteral("sleep 1000 & exit 0") << QStringLiteral("exited 0");
    QTest::newRow("own session") << QStringLiteral("setsid sleep 1000 & sleep 0.05; exit 2")
                                 << QStringLiteral("exited 2");
    QTest::newRow("daemon") << QStringLiteral("setsid sh -c 'setsid sleep 1000 & exit 0' & sleep 0.05; exit 0")
                            << QStringLiteral("exited 0");
    QTest::newRow("ignores TERM") << QStringLiteral("setsid sh -c 'trap \"\" TERM; while :; do sleep 1; done' & "
                                                    "sleep 0.05; kill -KILL $$")
                                  << QStringLiteral("signalled 9");
    QTest::newRow("chain of forks") << QStringLiteral("f() { (f &) ; exit 0; }; (f &); sleep 0.1; exit 0")
                                    << QStringLiteral("exited 0");
    QTest::newRow("many") << QStringLiteral("for i in $(seq 50); do setsid sleep 1000 & done; exit 0")
                          << QStringLiteral("exited 0");
}

void TestChildProcess::leavesNobody()
{
    QFETCH(QString, script);
    const MarkedProcesses marked;
    const Ran ran = run(shell(script, marked));
    QCOMPARE(marked.alive(), QStringList());
    QTEST(ran.how(), "how");
}

void TestChildProcess::destructorKills()
{
    const MarkedProcesses marked;
    {
        const Result<ChildProcess> process =
            ChildProcess::start(shell(QStringLiteral("trap '' TERM; setsid sleep 1000 & sleep 1000"), marked));
        QVERIFY(process.ok());
        QTRY_COMPARE(marked.alive().size(), 3);
    }
    QCOMPARE(marked.alive(), QStringList());
}

void TestChildProcess::guardIsKilled_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QStringList>("killed");
    const QStringList scripts{QStringLiteral("sleep 1000 & sleep 1000"),
                              QStringLiteral("setsid sleep 1000 & exec setsid -w sleep 1000"),
                              QStringLiteral("setsid sh -c 'trap \"\" TERM; setsid sleep 1000 & wait; sleep 1000' & "
                                             "sleep 1000")};
    for (const QString &script : scripts) {
        for (const QStringList &names :
             {QStringList{QStringLiteral("flow-guard")}, QStringList{QStringLiteral("flow-watcher")}})
            QTest::addRow("%s: %s", qPrintable(names.join(u' ')), qPrintable(script)) << script << names;
    }
    QTest::addRow("both: its group") << QStringLiteral("sleep 1000 & sleep 1000")
                                     << QStringList{QStringLiteral("flow-watcher"), QStringLiteral("flow-guard")};
}

/// One of the two that stand between us and the command. What left the command's session must not live on either.
void TestChildProcess::guardIsKilled()
{
    QFETCH(QString, script);
    QFETCH(QStringList, killed);
    const MarkedProcesses marked;
    Result<ChildProcess> process = ChildProcess::start(shell(script, marked));
    QVERIFY(process.ok());
    QTRY_VERIFY(marked.alive().size() >= 3);
    const QMap<QString, qint64> guards = guardsOf(process->rootProcessId());
    for (const QString &name : killed)
        QVERIFY(guards.contains(name));
    for (const QString &name : killed)
        QCOMPARE(::kill(pid_t(guards.value(name)), SIGSTOP), 0); // so that none sees the other die
    for (const QString &name : killed)
        QCOMPARE(::kill(pid_t(guards.value(name)), SIGKILL), 0);
    const Result<ChildEnd> end = process->wait([](QByteArrayView) {}, [](QByteArrayView) {}, {});
    QCOMPARE(end.ok() ? QString() : end.error().text(), QStringLiteral("the program 'sh' ended because the process "
                                                                       "that watches over it was killed by somebody"));
    QTRY_COMPARE(marked.alive(), QStringList());
}

void TestChildProcess::guardsAreNamedAsSuch()
{
    const MarkedProcesses marked;
    Result<ChildProcess> process = ChildProcess::start(shell(QStringLiteral("sleep 1000"), marked));
    QVERIFY(process.ok());
    QTRY_COMPARE(marked.alive().size(), 2);
    const QMap<QString, qint64> guards = guardsOf(process->rootProcessId());
    QCOMPARE(guards.keys(), (QStringList{QStringLiteral("flow-guard"), QStringLiteral("flow-watcher")}));
    for (const qint64 guard : guards) {
        // Whoever kills our program by its name or its arguments must not hit them.
        QCOMPARE(QString::fromUtf8(fileOf(guard, "cmdline").replace('\0', ' ')).trimmed(), guards.key(guard));
    }
}

void TestChildProcess::floodNeedsNoMemory()
{
    qint64 total = 0;
    qint64 largest = 0;
    Result<ChildProcess> process = ChildProcess::start(shell(QStringLiteral("head -c 200000000 /dev/zero")));
    QVERIFY(process.ok());
    const Result<ChildEnd> end = process->wait(
        [&](QByteArrayView bytes) {
            total += bytes.size();
            largest = std::max<qint64>(largest, bytes.size());
        },
        [](QByteArrayView) {}, {});
    QVERIFY(end.ok());
    QCOMPARE(total, 200'000'000);
    QVERIFY(largest <= 64 * 1024);
}

void TestChildProcess::manyThreadsAtOnce()
{
    std::atomic<int> good = 0;
    std::vector<std::thread> threads;
    for (int number = 0; number < 8; ++number) {
        threads.emplace_back([&good, number] {
            for (int round = 0; round < 20; ++round) {
                const Ran ran = run(shell(QStringLiteral("sleep 1000 & echo %1; exit %1").arg(number)));
                if (ran.how() == QStringLiteral("exited %1").arg(number) &&
                    ran.output == QByteArray::number(number) + '\n')
                    ++good;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(good.load(), 160);
}

void TestChildProcess::startIsCheap()
{
    QElapsedTimer timer;
    timer.start();
    for (int round = 0; round < 100; ++round)
        QCOMPARE(run({.program = QStringLiteral("/bin/true")}).how(), QStringLiteral("exited 0"));
    qInfo("%.2f ms from start to end of /bin/true", double(timer.nsecsElapsed()) / 1e8);
    QVERIFY(timer.elapsed() < 100 * 500);
}

QTEST_GUILESS_MAIN(TestChildProcess)
#include "tst_child_process.moc"
