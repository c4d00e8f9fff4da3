// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/resume_plan.h"
#include "support/flow_builder.h"
#include "support/flow_test.h"

#include <QTest>

using namespace flow;

namespace {

TaskStatus statusOf(QChar letter)
{
    switch (letter.unicode()) {
    case 's':
        return TaskStatus::Success;
    case 'f':
        return TaskStatus::Failure;
    case 'c':
        return TaskStatus::Cancelled;
    case 'i':
        return TaskStatus::Interrupted;
    default:
        qFatal("unknown status");
    }
}

/// `a:f a2:s>b b:c`: the task, its attempt where that is not the first, its status, and where its record leads.
QList<AttemptRecord> attemptsOf(const QString &recipe)
{
    QList<AttemptRecord> attempts;
    for (const QString &word : recipe.split(u' ', Qt::SkipEmptyParts)) {
        AttemptRecord record;
        const QString name = word.section(u':', 0, 0);
        record.taskName = name.left(1);
        record.attempt = name.size() > 1 ? name.mid(1).toInt() : 1;
        const QString rest = word.section(u':', 1);
        record.status = statusOf(rest.front());
        if (rest.contains(u'>'))
            record.nextTask = rest.section(u'>', 1);
        record.sequenceNumber = int(attempts.size()) + 1;
        attempts.append(record);
    }
    return attempts;
}

/// A flow with the failure task h and the final task z, unless the name of the ending says otherwise.
Flow flowWith(const QString &handlers)
{
    Flow flow = flow::test::flowOf(QStringLiteral("a b c h z"), {}, QStringLiteral("noop"));
    if (handlers.contains(u'h'))
        flow.failureTask = QStringLiteral("h");
    if (handlers.contains(u'z'))
        flow.finalTask = QStringLiteral("z");
    return flow;
}

} // namespace

/// Where an execution is taken up, by the records of the one that ended.
class TestResumePlan : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void plan_data();
    void plan();
};

void TestResumePlan::plan_data()
{
    QTest::addColumn<QString>("handlers");
    QTest::addColumn<QString>("attempts");
    QTest::addColumn<ExecutionPhase>("phase");
    QTest::addColumn<ExecutionStatus>("endsAs");
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("from");
    QTest::addColumn<int>("kept");
    QTest::addColumn<int>("mainSteps");
    QTest::addColumn<bool>("decides");
    const auto row = [](const char *name, const char *handlers, const char *attempts, const char *ending,
                        const char *asked, const char *from, int kept, int mainSteps = 0) {
        const QString word = QString::fromLatin1(ending);
        const auto phase = word.startsWith(u"final")     ? ExecutionPhase::Final
                           : word.startsWith(u"failure") ? ExecutionPhase::Failure
                                                         : ExecutionPhase::Main;
        const auto endsAs = word.endsWith(u"failed")      ? ExecutionStatus::Failure
                            : word.endsWith(u"cancelled") ? ExecutionStatus::Cancelled
                                                          : ExecutionStatus::Completed;
        QTest::newRow(name) << QString::fromLatin1(handlers) << QString::fromLatin1(attempts) << phase << endsAs
                            << QString::fromLatin1(asked) << QString::fromLatin1(from).remove(u'?') << kept << mainSteps
                            << QByteArray(from).endsWith('?');
    };
    // `b?`: b is kept, and where to go from there is asked again.
    row("nothing ran", "", "", "main", "", "", 0);
    row("failed", "", "a:s>b b:f>end", "main", "", "b", 1);
    row("failed after retries", "", "a:s>b b:f b2:f b3:f>end", "main", "", "b", 1);
    row("failed in its condition", "", "a:s>b b:s", "main", "", "b?", 2);
    row("failed in its condition, from that task", "", "a:s>b b:s", "main", "b", "b", 1);
    row("failed in its condition, with a failure task", "h", "a:s>b b:s>h h:s", "failure failed", "", "b?", 2, 2);
    row("failed in the condition of a task that failed", "", "a:s>b b:f", "main", "", "b", 1);
    row("interrupted", "", "a:s>b b:i", "main", "", "b", 1);
    row("cancelled in a task", "", "a:s>b b:c", "main", "", "b", 1);
    row("cancelled between two", "", "a:s>b", "main", "", "b", 1);
    row("cancelled between two, after a failure", "", "a:f>b", "main", "", "b", 1);
    row("cancelled in a wait for the next attempt", "", "a:s>b b:f", "main", "", "b", 1);
    row("cancelled before the end", "", "a:s>end", "main", "", "end", 1);
    row("a loop goes on where it was", "", "a:s>b b:s>a a:s>b b:i", "main", "", "b", 3);
    row("from an earlier one", "", "a:s>b b:s>c c:f>end", "main", "b", "b", 1);
    row("from the first", "", "a:s>b b:f>end", "main", "a", "a", 0);
    row("from the last visit of a loop", "", "a:s>b b:s>a a:s>b b:i", "main", "a", "a", 2);
    row("from the next one, by name", "", "a:s>b b:s>c", "main", "c", "c", 2);
    row("from one that comes next and ran before", "", "a:s>b b:s>a", "main", "a", "a", 2);
    row("from one that did not run", "", "a:s>b b:f>end", "main", "c", "c", -1);
    row("failed, with a final task", "z", "a:s>b b:f>z z:s", "final failed", "", "b", 1, 2);
    row("failed, with both", "hz", "a:s>b b:f>h h:s>z z:s", "final failed", "", "b", 1, 2);
    row("failed, and the failure task failed", "h", "a:s>b b:f>h h:f h2:f", "failure failed", "", "b", 1, 2);
    row("interrupted in the failure task", "hz", "a:s>b b:f>h h:i", "failure failed", "", "b", 1, 2);
    row("cancelled in a task, with a final task", "z", "a:s>b b:c>z z:s", "final cancelled", "", "b", 1, 2);
    row("cancelled between two, with a final task", "z", "a:s>b z:s", "final cancelled", "", "b", 1, 1);
    row("cancelled between two, before the final task", "z", "a:s>b", "final cancelled", "", "b", 1, 1);
    row("the final task failed", "z", "a:s>b b:s>z z:f", "final completed", "", "end", 2, 2);
    row("the final task was interrupted", "z", "a:s>b b:s>z z:i", "final completed", "", "end", 2, 2);
    row("completed, from one of the main part", "z", "a:s>b b:s>z z:s", "final completed", "b", "b", 1, 2);
    row("from the final task", "z", "a:s>b b:s>z z:f", "final completed", "z", "z", -1, 2);
    row("from the failure task", "hz", "a:s>b b:f>h h:s>z z:s", "final failed", "h", "h", -1, 2);
    row("the failure task led to another", "h", "a:f>h h:s>b b:s", "failure failed", "", "a", 0, 1);
    row("the failure and final task led to others", "hz", "a:s>b b:f>h h:s>c c:s>z z:s>a a:s", "final failed", "", "b",
        1, 2);
    row("from one of the failure task's", "h", "a:f>h h:s>b b:s", "failure failed", "b", "b", -1, 1);
    row("the final task led to another", "z", "a:s>z z:s>b b:f", "final completed", "", "end", 1, 1);
    row("cancelled while paused before the failure task", "h", "a:f>h", "failure failed", "", "a", 0, 1);
    row("cancelled while paused before the final task", "z", "a:s>z", "final completed", "", "end", 1, 1);
    row("from one that is both, in the main part", "z", "z:s>b b:s>z z:s", "final completed", "z", "z", 0, 2);
}

void TestResumePlan::plan()
{
    QFETCH(QString, handlers);
    QFETCH(QString, attempts);
    QFETCH(ExecutionPhase, phase);
    QFETCH(ExecutionStatus, endsAs);
    QFETCH(QString, asked);
    QFETCH(QString, from);
    QFETCH(int, kept);
    ExecutionPosition position;
    position.attempts = attemptsOf(attempts);
    position.ending.phase = phase;
    position.ending.status = endsAs;
    QFETCH(int, mainSteps);
    position.mainSteps = mainSteps;
    const ResumePlan plan = resumePlan(flowWith(handlers), position, asked);
    QCOMPARE(plan.from, from);
    QCOMPARE(plan.kept, kept);
    QTEST(plan.decides, "decides");
}

QTEST_GUILESS_MAIN(TestResumePlan)
#include "tst_resume_plan.moc"
