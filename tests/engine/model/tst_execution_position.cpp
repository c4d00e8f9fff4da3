// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/execution_position.h"
#include "support/flow_test.h"

using namespace flow;

/// For how long an execution has been active, from its journal alone.
class TestExecutionPosition : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void activeUntil_data();
    void activeUntil();
};

void TestExecutionPosition::activeUntil_data()
{
    QTest::addColumn<int>("completedAt"); // of the last attempt; below 0: it has not
    QTest::addColumn<int>("retryAt");     // below 0: it is not tried again
    QTest::addColumn<int>("now");
    QTest::addColumn<double>("heldSeconds");
    QTest::addColumn<double>("expected");

    QTest::newRow("runs") << -1 << -1 << 100 << 0.0 << 5.0;
    QTest::newRow("has ended") << 50 << -1 << 100 << 0.0 << 5.0;
    QTest::newRow("waits") << 50 << 110 << 100 << 0.0 << 55.0;
    QTest::newRow("has waited") << 50 << 60 << 100 << 0.0 << 15.0;
    QTest::newRow("a clock that went back") << 50 << 60 << 40 << 0.0 << 5.0;
    QTest::newRow("was paused") << 50 << -1 << 100 << 7.0 << 7.0;
    QTest::newRow("was paused while it waited") << 50 << 60 << 100 << 7.0 << 15.0;
}

void TestExecutionPosition::activeUntil()
{
    QFETCH(int, completedAt);
    QFETCH(int, retryAt);
    QFETCH(int, now);
    QFETCH(double, heldSeconds);
    const auto at = [](int second) { return Timestamp(std::chrono::seconds(second)); };
    AttemptRecord last;
    if (completedAt >= 0)
        last.completedAt = at(completedAt);
    if (retryAt >= 0)
        last.retryAt = at(retryAt);
    const ExecutionPosition position{
        .attempts = {AttemptRecord(), last}, .activeSeconds = 5, .heldSeconds = heldSeconds};
    QTEST(position.activeUntil(at(now)), "expected");
    QCOMPARE(ExecutionPosition().activeUntil(at(now)), 0.0);
}

QTEST_GUILESS_MAIN(TestExecutionPosition)
#include "tst_execution_position.moc"
