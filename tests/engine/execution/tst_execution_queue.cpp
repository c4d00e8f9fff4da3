// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/execution_queue.h"
#include "support/flow_test.h"

using namespace flow;

/// What becomes of orders that are cancelled, and of those that come while a program ends.
class TestExecutionQueue : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void ends_data();
    void ends();
};

namespace {

/// Does what a word says, such as `push 1`, `push 2 of 1` (1 has started it), `cancel 1 further`, `end all`, `drop`.
void perform(ExecutionQueue &queue, const QString &step)
{
    static const QMap<QString, CancelReach> reaches{{QStringLiteral("further"), CancelReach::Further},
                                                    {QStringLiteral("work"), CancelReach::Work},
                                                    {QStringLiteral("all"), CancelReach::All}};
    const QStringList words = step.split(u' ');
    ExecutionOrder order;
    order.id = words.value(1).toLongLong();
    if (words[0] == u"push") {
        order.parent = words.value(3).toLongLong();
        queue.push(order);
    } else if (words[0] == u"cancelled") {
        queue.pushCancelled(order, reaches[words[2]]);
    } else if (words[0] == u"cancel") {
        queue.cancel(order.id, reaches[words[2]]);
    } else if (words[0] == u"end") {
        queue.cancelAll(reaches[words[1]]);
    } else {
        queue.dropWaiting();
    }
}

} // namespace

void TestExecutionQueue::ends_data()
{
    QTest::addColumn<QString>("steps");
    QTest::addColumn<QString>("ran"); // c: as cancelled, a: without a final task
    const auto row = [](const char *steps, const char *ran) {
        QTest::newRow(steps) << QString::fromUtf8(steps) << QString::fromUtf8(ran);
    };
    row("push 1, push 2", "1 2");
    row("push 1, push 2, cancel 2 work", "2c 1");
    row("push 1, cancel 1 further", "1c");
    row("push 1, cancel 1 further, cancel 1 further", "1ca");
    row("push 1, cancel 1 work, cancel 1 work", "1c");
    row("push 1, cancel 1 work, cancel 1 further", "1ca");
    row("push 1, cancel 1 all", "1ca");
    row("cancelled 1 further, cancelled 2 work, cancelled 3 all", "1c 2c 3ca");
    row("push 1, cancelled 2 work, end work", "2c 1c");
    row("push 1, cancelled 2 work, end all", "2ca 1ca");
    row("end work, push 1 of 7", "1"); // of a final task
    row("end all, push 1, push 2 of 7, cancelled 3 work", "1ca 2ca 3ca");
    row("push 1, push 2 of 7, drop", "2");
    row("drop, push 1, push 2 of 7", "2");
    row("drop, end all, push 1, push 2 of 7, cancelled 3 work", "2ca 3ca");
}

void TestExecutionQueue::ends()
{
    QFETCH(QString, steps);
    QStringList ran;
    ExecutionQueue queue(
        [&](const ExecutionOrder &order) {
            const QString cancelled = order.cancel.isCancelled() ? QStringLiteral("c") : QString();
            const QString aborted = order.abort.isCancelled() ? QStringLiteral("a") : QString();
            ran << QString::number(order.id) + cancelled + aborted;
            return ExecutionOutcome();
        },
        {}, {});
    for (const QString &step : steps.split(QStringLiteral(", ")))
        perform(queue, step);
    queue.close();
    queue.work(ExecutionQueue::Takes::Everything);
    QTEST(ran.join(u' '), "ran");
}

QTEST_GUILESS_MAIN(TestExecutionQueue)
#include "tst_execution_queue.moc"
