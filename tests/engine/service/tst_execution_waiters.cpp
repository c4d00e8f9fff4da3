// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/execution_waiters.h"
#include "service/flow_service.h"
#include "support/flow_test.h"

using namespace flow;

class TestExecutionWaiters : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void whoWaitsIsTold();
    void whoGoesOnIsWaitedForOn();
};

void TestExecutionWaiters::whoWaitsIsTold()
{
    ExecutionWaiters waiters;
    QVERIFY(!waiters.wait(1));
    waiters.expect(1);
    QVERIFY(waiters.wait(1));
    QCOMPARE(waiters.running({1, 2}), QList<ExecutionId>{1});
    QCOMPARE(waiters.take(1).size(), 1);
    QVERIFY(waiters.running({1}).isEmpty());
    QVERIFY(!waiters.wait(1));
    QVERIFY(waiters.take(1).isEmpty());
}

/// It was continued as soon as it was seen to be paused, while it had not left its thread yet.
void TestExecutionWaiters::whoGoesOnIsWaitedForOn()
{
    ExecutionWaiters waiters;
    waiters.expect(1);
    const std::optional<QFuture<ExecutionDetails>> before = waiters.wait(1);
    waiters.expect(1);
    const std::optional<QFuture<ExecutionDetails>> after = waiters.wait(1);
    QVERIFY(waiters.take(1).isEmpty()); // it has left its thread, and runs on another
    QVERIFY(!before->isFinished() && !after->isFinished());
    QCOMPARE(waiters.running({1}), QList<ExecutionId>{1});
    QCOMPARE(waiters.all(), QList<ExecutionId>{1});
    QCOMPARE(waiters.take(1).size(), 2);
    QVERIFY(waiters.all().isEmpty());
}

QTEST_GUILESS_MAIN(TestExecutionWaiters)
#include "tst_execution_waiters.moc"
