// SPDX-License-Identifier: GPL-3.0-or-later
#include "gated_program.h"
#include "nested_flows.h"
#include "service_fixture.h"
#include "support/flow_test.h"

using namespace flow;
using namespace flow::test;

namespace {

const FlowFile &runsSub()
{
    static const FlowFile flow =
        file(QStringLiteral("main"), QStringLiteral("[{'name': 't', 'type': 'run_flow', 'config': {'flow': 'sub'}}]"),
             QStringLiteral("{'sub': [{'name': 'w', 'type': 'gate'}, {'name': 'x', 'type': 'mark'}]}"));
    return flow;
}

} // namespace

/// What a pause does to those that wait for others, and what may change while it lasts.
class TestChildPauses : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { resetGates(); }
    void whileItWaitsForAThread();
    void whileNobodyRunsIt();
    void whatWasLetGoIsTakenUp();
};

/// Continued, and then paused before a thread was free for it.
void TestChildPauses::whileItWaitsForAThread()
{
    QTemporaryDir folder;
    const GatedProgram program(folder.path(), 1);
    const ExecutionId root = program.start(runsSub());
    QTRY_COMPARE(visits(QStringLiteral("w")).begun, 1);
    QVERIFY(program->pause(root).ok());
    openGate(QStringLiteral("w"));
    QCOMPARE(program.ended(root), QStringLiteral("paused"));

    program.start(file(QStringLiteral("busy"), QStringLiteral("[{'name': 'b', 'type': 'gate'}]")));
    QTRY_COMPARE(visits(QStringLiteral("b")).begun, 1);
    QVERIFY(program->continueExecution(root).ok());
    QVERIFY(program->pause(root).ok());
    openGate(QStringLiteral("b"));
    QCOMPARE(program.ended(root), QStringLiteral("paused"));
    QCOMPARE(program.tasks(root + 1), QStringLiteral("w:success"));
    QVERIFY(program->continueExecution(root).ok());
    QCOMPARE(program.ended(root), QStringLiteral("completed"));
}

/// Its program was killed; it is paused when the next one takes it up, together with what it waits for.
void TestChildPauses::whileNobodyRunsIt()
{
    const QTemporaryDir folder;
    const QTemporaryDir next;
    ExecutionId root = 0;
    {
        const GatedProgram program(folder.path());
        root = program.start(runsSub());
        QTRY_COMPARE(visits(QStringLiteral("w")).begun, 1);
        copyAsKilled(folder.path(), next.path());
    }
    {
        const GatedProgram passing(next.path(), 1, false);
        QCOMPARE(passing.status(root), QStringLiteral("pending"));
        QVERIFY(passing->pause(root).ok());
    }
    const GatedProgram program(next.path());
    QTRY_COMPARE(program.status(root), QStringLiteral("paused"));
    QCOMPARE(program.status(root + 1), QStringLiteral("paused"));
    QCOMPARE(visits(QStringLiteral("w")).begun, 1);
}

/// Its parent lives, and does not wait for it.
void TestChildPauses::whatWasLetGoIsTakenUp()
{
    const QTemporaryDir folder;
    const QTemporaryDir next;
    {
        const GatedProgram program(folder.path());
        const ExecutionId root = program.start(
            file(QStringLiteral("main"),
                 QStringLiteral("[{'name': 't', 'type': 'parallel', 'config': {'flows': [{'flow': 'quick'}, {'flow':"
                                " 'sub'}], 'wait_for': 'any', 'rest': 'let_go'}}, {'name': 'long', 'type': 'gate'}]"),
                 QStringLiteral("{'quick': [{'name': 'k', 'type': 'mark'}], 'sub': [{'name': 'w', 'type': 'gate'}]}")));
        QTRY_COMPARE(visits(QStringLiteral("w")).begun, 1);
        QTRY_COMPARE(visits(QStringLiteral("long")).begun, 1);
        copyAsKilled(folder.path(), next.path());
        QVERIFY(program->cancel(root).ok());
    }
    const GatedProgram program(next.path());
    QTRY_COMPARE(visits(QStringLiteral("long")).begun, 2);
    QTRY_COMPARE(visits(QStringLiteral("w")).begun, 2);
}

QTEST_GUILESS_MAIN(TestChildPauses)
#include "tst_child_pauses.moc"
