// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/execution_state.h"
#include "support/flow_builder.h"
#include "support/flow_test.h"

using namespace flow;
using namespace flow::test;
using namespace std::chrono_literals;

/// The rules as a pure value: every time is given, nothing waits.
class TestExecutionState : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void pauses_data();
    void pauses();
    void timeLimits_data();
    void timeLimits();
    void contextGrows();
    void historyGrows();
    void retriedFailureIsSeen();
    void sequenceAndAttemptNumbers();
    void pauseStopped_data();
    void pauseStopped();
    void stoppedBeforeItBegan();
};

namespace {

AttemptReport failed(const char *error = "no")
{
    return {.result = TaskResult::failure(QString::fromUtf8(error))};
}

AttemptReport succeeded(const QJsonValue &data = QJsonValue::Undefined)
{
    return {.result = TaskResult::success(data)};
}

ExecutionState stateOf(const char *tasks, const char *conditions = "", const QJsonObject &input = {},
                       const ExecutionLimits &limits = {})
{
    return ExecutionState(flowOf(QString::fromUtf8(tasks), QString::fromUtf8(conditions)), input, limits, 1);
}

const NextAttempt &attemptIn(const ExecutionState::Next &next)
{
    return std::get<NextAttempt>(next);
}

} // namespace

void TestExecutionState::pauses_data()
{
    QTest::addColumn<QString>("tasks");
    QTest::addColumn<QList<double>>("seconds");
    QTest::newRow("no delay") << QStringLiteral("a,retry=4") << QList<double>{0, 0, 0};
    QTest::newRow("same delay") << QStringLiteral("a,retry=4,delay=2") << QList<double>{2, 2, 2};
    QTest::newRow("backoff") << QStringLiteral("a,retry=4,delay=2,backoff=3") << QList<double>{2, 6, 18};
    QTest::newRow("fraction") << QStringLiteral("a,retry=4,delay=0.5,backoff=1.5") << QList<double>{0.5, 0.75, 1.125};
    QTest::newRow("bounded") << QStringLiteral("a,retry=5,delay=2,backoff=3,max=10") << QList<double>{2, 6, 10, 10};
    QTest::newRow("bound below the first") << QStringLiteral("a,retry=3,delay=2,max=1") << QList<double>{1, 1};
    QTest::newRow("bound of nothing") << QStringLiteral("a,retry=3,delay=2,max=0") << QList<double>{0, 0};
}

void TestExecutionState::pauses()
{
    QFETCH(QString, tasks);
    QFETCH(QList<double>, seconds);
    ExecutionState state(flowOf(tasks), {}, {}, 1);
    ExecutionState::Next next = state.begin();
    std::chrono::nanoseconds now = 100s;
    for (const double expected : seconds) {
        next = state.attemptEnded(failed(), now).next;
        if (expected > 0) {
            QVERIFY(std::holds_alternative<NextPause>(next));
            QCOMPARE(std::chrono::duration<double>(std::get<NextPause>(next).until - now).count(), expected);
            now = std::get<NextPause>(next).until;
            next = state.pauseEnded(now);
        }
        QVERIFY(std::holds_alternative<NextAttempt>(next));
    }
    next = state.attemptEnded(failed("last"), now).next;
    QCOMPARE(std::get<NextEnd>(next), (NextEnd{ExecutionStatus::Failure, QStringLiteral("last"), QStringLiteral("a")}));
    QCOMPARE(state.attemptsEnded(), seconds.size() + 1);
}

void TestExecutionState::timeLimits_data()
{
    QTest::addColumn<QString>("tasks");
    QTest::addColumn<double>("seconds");
    QTest::newRow("default") << QStringLiteral("a") << 300.0;
    QTest::newRow("own, shorter") << QStringLiteral("a,timeout=0.25") << 0.25;
    QTest::newRow("own, longer") << QStringLiteral("a,timeout=31536000") << 31536000.0;
}

void TestExecutionState::timeLimits()
{
    QFETCH(QString, tasks);
    QFETCH(double, seconds);
    ExecutionState state(flowOf(tasks), {}, {}, 1);
    const ExecutionState::Next next = state.begin();
    QCOMPARE(std::chrono::duration<double>(attemptIn(next).timeLimit).count(), seconds);
}

void TestExecutionState::contextGrows()
{
    const QJsonObject input{{QStringLiteral("x"), 1}, {QStringLiteral("b"), QStringLiteral("input of the same name")}};
    ExecutionState state = stateOf("a b c", "a any b; b any c", input);
    ExecutionState::Next next = state.begin();
    QCOMPARE(attemptIn(next).context, input);

    QJsonObject expected = input;
    next = state.attemptEnded(succeeded(5), 1s).next;
    expected[QStringLiteral("a")] =
        QJsonObject{{QStringLiteral("status"), QStringLiteral("success")}, {QStringLiteral("data"), 5}};
    QCOMPARE(attemptIn(next).context, expected);

    next = state.attemptEnded({.result = TaskResult::failure(QStringLiteral("no"))}, 2s).next;
    expected[QStringLiteral("b")] = QJsonObject{{QStringLiteral("status"), QStringLiteral("failure")},
                                                {QStringLiteral("error"), QStringLiteral("no")}};
    QCOMPARE(attemptIn(next).context, expected);

    next = state.attemptEnded(succeeded(QJsonValue::Null), 3s).next;
    expected[QStringLiteral("c")] =
        QJsonObject{{QStringLiteral("status"), QStringLiteral("success")}, {QStringLiteral("data"), QJsonValue::Null}};
    QCOMPARE(std::get<NextEnd>(next), NextEnd{});
    QCOMPARE(state.context(), expected);
}

void TestExecutionState::historyGrows()
{
    ExecutionState state = stateOf("a b", "a any b; b success a|end");
    ExecutionState::Next next = state.begin();
    QCOMPARE(attemptIn(next).history, QStringList());
    next = state.attemptEnded(succeeded(), 1s).next;
    next = state.attemptEnded(succeeded(), 2s).next;
    next = state.attemptEnded(succeeded(), 3s).next;
    QCOMPARE(attemptIn(next).history, (QStringList{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("a")}));
}

void TestExecutionState::retriedFailureIsSeen()
{
    ExecutionState state = stateOf("a,retry=2");
    ExecutionState::Next next = state.begin();
    next = state.attemptEnded(failed("first"), 1s).next;
    QCOMPARE(attemptIn(next).context.value(u"a").toObject().value(u"error").toString(), QStringLiteral("first"));
    next = state.attemptEnded(succeeded(1), 2s).next;
    QCOMPARE(state.context().value(u"a"),
             (QJsonObject{{QStringLiteral("status"), QStringLiteral("success")}, {QStringLiteral("data"), 1}}));
}

void TestExecutionState::sequenceAndAttemptNumbers()
{
    ExecutionState state = stateOf("a,retry=2 b", "a any b; b any a");
    QList<QList<qint64>> seen;
    ExecutionState::Next next = state.begin();
    for (const AttemptReport &report : {failed(), succeeded(), succeeded(), failed(), succeeded()}) {
        const NextAttempt &attempt = attemptIn(next);
        seen << QList<qint64>{attempt.sequenceNumber, attempt.task, attempt.attempt};
        next = state.attemptEnded(report, 1s).next;
    }
    QCOMPARE(seen, (QList<QList<qint64>>{{1, 0, 1}, {2, 0, 2}, {3, 1, 1}, {4, 0, 1}, {5, 0, 2}}));
}

void TestExecutionState::pauseStopped_data()
{
    QTest::addColumn<CancelReason>("reason");
    QTest::addColumn<ExecutionStatus>("status");
    QTest::addColumn<QString>("error");
    QTest::newRow("cancelled") << CancelReason::Cancelled << ExecutionStatus::Cancelled
                               << QStringLiteral("Flow 'Test' was cancelled while it waited to try task 'a' again");
    QTest::newRow("flow time")
        << CancelReason::FlowTimeLimit << ExecutionStatus::Failure
        << QStringLiteral("Flow 'Test' did not end within its time limit of 3600 s; it had come to task 'a'");
    QTest::newRow("not stopped, but too late")
        << CancelReason::None << ExecutionStatus::Failure
        << QStringLiteral("Flow 'Test' did not end within its time limit of 3600 s; it had come to task 'a'");
}

void TestExecutionState::pauseStopped()
{
    QFETCH(CancelReason, reason);
    QFETCH(ExecutionStatus, status);
    QFETCH(QString, error);
    ExecutionState state = stateOf("a,retry=2,delay=10");
    const ExecutionState::Next first = state.begin();
    QVERIFY(std::holds_alternative<NextAttempt>(first));
    const ExecutionStep step = state.attemptEnded(failed(), 3595s);
    QCOMPARE(std::get<NextPause>(step.next).until, std::chrono::nanoseconds(3605s));
    const ExecutionState::Next next = state.pauseEnded(3605s, reason);
    QCOMPARE(std::get<NextEnd>(next), (NextEnd{status, error, QStringLiteral("a")}));
    QCOMPARE(state.attemptsEnded(), 1);
}

void TestExecutionState::stoppedBeforeItBegan()
{
    ExecutionState state = stateOf("a");
    const ExecutionState::Next next = state.begin(CancelReason::Cancelled);
    QCOMPARE(std::get<NextEnd>(next),
             (NextEnd{ExecutionStatus::Cancelled, QStringLiteral("Flow 'Test' was cancelled before it started"),
                      QString()}));
    QCOMPARE(state.attemptsEnded(), 0);
}

QTEST_GUILESS_MAIN(TestExecutionState)
#include "tst_execution_state.moc"
