// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas_stage.h"
#include "editor/canvas/card_painter.h"
#include "support/flow_test.h"

using namespace flow;
using namespace flow::test;

namespace {

const QList<WireState> allStates{WireState::Plain, WireState::Never, WireState::NotTaken, WireState::Taken,
                                 WireState::Running};

/// a leads to b whatever happens, so that its second condition, to c, decides nothing.
FlowFile withALostWay()
{
    FlowFile file;
    file.flow.id = file.flow.name = QStringLiteral("lost");
    file.flow.startTask = QStringLiteral("a");
    for (const QString &name : {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}) {
        Task task;
        task.name = name;
        task.type = QStringLiteral("noop");
        file.layout.tasks.insert(name, QPointF(300.0 * double(file.flow.tasks.size()), 0));
        file.flow.tasks << task;
    }
    for (const QString &target : {QStringLiteral("b"), QStringLiteral("c")}) {
        Condition condition;
        condition.name = QStringLiteral("to ") + target;
        condition.sourceTask = QStringLiteral("a");
        condition.outcome = Outcome::Any;
        condition.targetTaskSuccess = target;
        file.flow.conditions << condition;
    }
    return file;
}

ExecutionTrace runningInB()
{
    ExecutionTrace trace;
    trace.taken[{QString(), QStringLiteral("a")}] = 1;
    trace.taken[{QStringLiteral("a"), QStringLiteral("b")}] = 1;
    trace.tasks[QStringLiteral("a")].status = TaskStatus::Success;
    trace.tasks[QStringLiteral("b")].status = TaskStatus::Running;
    trace.tasks[QStringLiteral("b")].progress = 0.4;
    return trace;
}

const WireItem *wireTo(const CanvasStage &stage, const QString &target)
{
    for (const WireItem *wire : stage.view->flowScene()->wires()) {
        if (wire->route().target == target)
            return wire;
    }
    return nullptr;
}

} // namespace

/// A way that can never be taken, one that was not taken, one that was and one that leads to what runs look different.
class TestWireLook : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void statesDifferWithoutColour_data();
    void statesDifferWithoutColour();
    void neverIsSeen_data();
    void neverIsSeen();
    void statesFollowTheRun();
    void onlyTheWayThatWasTakenIsLit_data();
    void onlyTheWayThatWasTakenIsLit();
    void toolTipSaysWhyNever();
    void stateIsPainted_data();
    void stateIsPainted();
};

void TestWireLook::statesDifferWithoutColour_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("success") << int(RouteKind::OnSuccess);
    QTest::newRow("failure") << int(RouteKind::OnFailure);
    QTest::newRow("always") << int(RouteKind::Always);
    QTest::newRow("expression") << int(RouteKind::Expression);
    QTest::newRow("otherwise") << int(RouteKind::Otherwise);
}

void TestWireLook::statesDifferWithoutColour()
{
    QFETCH(int, kind);
    QList<WireLook> seen;
    for (const WireState state : allStates) {
        WireLook look = wireLook(RouteKind(kind), state);
        look.role = Role::Idle;
        QVERIFY(!seen.contains(look));
        seen << look;
    }
}

void TestWireLook::neverIsSeen_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestWireLook::neverIsSeen()
{
    QFETCH(bool, dark);
    Look look;
    look.setMode(dark ? Look::Mode::Dark : Look::Mode::Light);
    const WireLook never = wireLook(RouteKind::OnFailure, WireState::Never);
    QCOMPARE(never.strength, 1.0);
    QVERIFY(contrast(look.color(never.role), look.color(Role::Canvas)) >= 3);
    QVERIFY(contrast(look.color(Role::Muted), look.color(Role::Card)) >= 4.5);
}

void TestWireLook::statesFollowTheRun()
{
    CanvasStage stage(withALostWay());
    const WireItem *toB = wireTo(stage, QStringLiteral("b"));
    const WireItem *toC = wireTo(stage, QStringLiteral("c"));
    QVERIFY(toB && toC);
    QVERIFY(toB->state() == WireState::Plain);
    QVERIFY(toC->state() == WireState::Never);
    ExecutionTrace trace = runningInB();
    stage.view->setTrace(trace);
    QVERIFY(toB->state() == WireState::Running);
    QVERIFY(toC->state() == WireState::Never);
    trace.tasks[QStringLiteral("b")].status = TaskStatus::Success;
    stage.view->setTrace(trace);
    QVERIFY(toB->state() == WireState::Taken);
    trace.taken.clear();
    stage.view->setTrace(trace);
    QVERIFY(toB->state() == WireState::NotTaken);
}

void TestWireLook::onlyTheWayThatWasTakenIsLit_data()
{
    QTest::addColumn<QString>("outcome"); // of the condition; empty: there is none
    QTest::addColumn<QString>("matched");
    QTest::addColumn<QString>("otherwise");
    QTest::addColumn<bool>("failed");
    QTest::addColumn<QStringList>("lit"); // kinds of ways
    const auto row = [](const char *name, const char *outcome, const char *matched, const char *otherwise, bool failed,
                        const QStringList &lit) {
        QTest::newRow(name) << QString::fromLatin1(outcome) << QString::fromLatin1(matched)
                            << QString::fromLatin1(otherwise) << failed << lit;
    };
    const QString success = QStringLiteral("on success");
    const QString failure = QStringLiteral("on failure");
    const QString always = QStringLiteral("always");
    row("nothing drawn, succeeded", "", "", "", false, {always});
    row("nothing drawn, failed", "", "", "", true, {});
    row("to the end, succeeded", "success", "end", "end", false, {success});
    row("to the end, failed", "success", "end", "end", true, {});
    row("no way for failures", "success", "end", "", true, {});
    row("both to b, succeeded", "success", "b", "b", false, {success});
    row("both to b, failed", "success", "b", "b", true, {failure});
    row("always to the end, failed", "any", "end", "", true, {always});
}

void TestWireLook::onlyTheWayThatWasTakenIsLit()
{
    QFETCH(QString, outcome);
    QFETCH(QString, matched);
    QFETCH(QString, otherwise);
    QFETCH(bool, failed);
    QFETCH(QStringList, lit);
    FlowFile file = withALostWay();
    file.flow.conditions.clear();
    if (!outcome.isEmpty())
        file.flow.conditions = {{.name = QStringLiteral("after a"),
                                 .sourceTask = QStringLiteral("a"),
                                 .outcome = *outcomeFromString(outcome),
                                 .targetTaskSuccess = matched,
                                 .targetTaskFailure = otherwise}};
    CanvasStage stage(file);
    const TaskExecution attempt{.taskName = QStringLiteral("a"),
                                .status = failed ? TaskStatus::Failure : TaskStatus::Success,
                                .nextTask = matched == QStringLiteral("b") ? matched : QStringLiteral("end")};
    stage.view->setTrace(ExecutionTrace::fromRecords({}, {attempt}));
    QStringList seen;
    for (const WireItem *wire : stage.view->flowScene()->wires()) {
        if (wire->route().source == QStringLiteral("a") && wire->state() == WireState::Taken)
            seen << wordOf(wire->route().kind);
    }
    QCOMPARE(seen, lit);
}

void TestWireLook::toolTipSaysWhyNever()
{
    const CanvasStage stage(withALostWay());
    const WireItem *lost = wireTo(stage, QStringLiteral("c"));
    QVERIFY(lost);
    QString why;
    for (const Issue &issue : stage.document.issues()) {
        if (issue.place.kind == Place::Kind::Condition && issue.place.index == 1)
            why = issue.text;
    }
    QVERIFY(!why.isEmpty());
    const QString tip = lost->toolTipAt({});
    QVERIFY2(tip.contains(why), qPrintable(tip));
    QVERIFY(!wireTo(stage, QStringLiteral("b"))->toolTipAt({}).contains(QStringLiteral("never")));
}

void TestWireLook::stateIsPainted_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

/// Along the same line more is painted the more the way has to do with the run.
void TestWireLook::stateIsPainted()
{
    QFETCH(bool, dark);
    CanvasStage stage(withALostWay(), dark);
    stage.view->setZoom(1);
    stage.view->setTrace(runningInB());
    stage.keep(dark ? QStringLiteral("never-running-dark") : QStringLiteral("never-running-light"));
    const QImage picture = stage.picture();
    const double ratio = picture.devicePixelRatio();
    const auto painted = [&](const WireItem *wire) {
        QLineF longest;
        for (qsizetype corner = 1; corner < wire->corners().size(); ++corner) {
            const QLineF part(wire->corners()[corner - 1], wire->corners()[corner]);
            longest = part.length() > longest.length() ? part : longest;
        }
        int count = 0;
        const QPointF from = longest.p1() + (longest.p2() - longest.p1()) * 0.1;
        const QRectF strip =
            QRectF(from, from + (longest.p2() - longest.p1()) * 0.2).normalized().adjusted(-3, -3, 3, 3);
        const QRect seen = stage.view->mapFromScene(strip).boundingRect();
        for (int x = qRound(seen.left() * ratio); x < seen.right() * ratio; ++x) {
            for (int y = qRound(seen.top() * ratio); y < seen.bottom() * ratio; ++y)
                count += contrast(picture.pixelColor(x, y), stage.look.color(Role::Canvas)) > 1.8 ? 1 : 0;
        }
        return double(count) / (longest.length() * 0.2 * ratio * ratio);
    };
    const double never = painted(wireTo(stage, QStringLiteral("c")));
    const double running = painted(wireTo(stage, QStringLiteral("b")));
    QVERIFY2(never > 0.3 && running > 1.4 * never, qPrintable(QStringLiteral("%1 %2").arg(never).arg(running)));
}

QTEST_MAIN(TestWireLook)
#include "tst_wire_look.moc"
