// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowctl_program.h"
#include "support/flow_test.h"

#include <QJsonArray>

namespace {

/// first, second and third one after the other; third divides by what second returned, less 2.
const QByteArray steps = QByteArray(
    "{'id': 'steps', 'name': 'Steps', 'start_task': 'first', 'tasks': ["
    "{'name': 'first', 'type': 'set_variables', 'config': {'values': {'n': 1}}},"
    "{'name': 'second', 'type': 'set_variables', 'config': {'values': {'n': '${tasks.first.data.n + 1}'}}},"
    "{'name': 'third', 'type': 'set_variables', 'config': {'values': {'n': '${6 / (tasks.second.data.n - 2)}'}}}],"
    "'conditions': [{'name': 'on', 'source_task': 'first', 'outcome': 'success', 'target_task_success': 'second'},"
    "{'name': 'further', 'source_task': 'second', 'outcome': 'success', 'target_task_success': 'third'}]}");

QByteArray quoted(QByteArray text)
{
    return text.replace('\'', '"');
}

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ');
}

/// Name and origin of each attempt.
QString attempts(const QJsonObject &execution)
{
    QStringList list;
    for (const QJsonValue &task : execution.value(u"task_executions").toArray())
        list.append(task[u"task_name"].toString() + u':' + task[u"origin"].toString());
    return list.join(u' ');
}

} // namespace

/// Steering executions on the command line.
class TestFlowctlControl : public flow::FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void pausesAndGoesOn();
    void forcedOutcome();
    void resumes();
    void partsOfAFlow();
    void pins();
    void misuse_data();
    void misuse();
};

void TestFlowctlControl::pausesAndGoesOn()
{
    const Flowctl flowctl;
    const Outcome paused = flowctl.run({QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--breakpoint"),
                                        QStringLiteral("third=tasks.second.data.n == 2")},
                                       quoted(steps));
    QCOMPARE(paused.code, 5);
    QVERIFY2(paused.err.contains(QStringLiteral("Run 1: Breakpoint before task 'third'")), qPrintable(paused.err));
    QVERIFY(paused.err.contains(QStringLiteral("flowctl executions continue 1 goes on with it")));
    QVERIFY(flowctl.run("executions context 1").out.contains(QStringLiteral("\"second\"")));
    const Outcome edited =
        flowctl.run({QStringLiteral("executions"), QStringLiteral("edit"), QStringLiteral("1"), QStringLiteral("--set"),
                     QStringLiteral("second={\"status\": \"success\", \"data\": {\"n\": 5}}")});
    QCOMPARE(edited.out, QStringLiteral("Changed the context of execution 1\n"));
    const Outcome breakpoints = flowctl.run("executions breakpoints 1");
    QVERIFY(breakpoints.out.contains(QStringLiteral("tasks.second.data.n == 2")));
    const Outcome done = flowctl.run("executions continue 1 --json");
    QCOMPARE(done.code, 0);
    QCOMPARE(dataOf(done.out)[u"output_data"][u"third"][u"data"][u"n"].toInt(), 2);
    const Outcome again = flowctl.run("executions continue 1");
    QCOMPARE(again.code, 1);
    QVERIFY(again.err.contains(QStringLiteral("Execution 1 is not paused (completed)")));
}

void TestFlowctlControl::forcedOutcome()
{
    const Flowctl flowctl;
    QCOMPARE(flowctl.run("run - --pause", quoted(steps)).code, 5);
    QCOMPARE(flowctl.run("executions step 1").code, 5);
    const Outcome forced = flowctl.run({QStringLiteral("executions"), QStringLiteral("continue"), QStringLiteral("1"),
                                        QStringLiteral("--json"), QStringLiteral("--force"), QStringLiteral("success"),
                                        QStringLiteral("--data"), QStringLiteral("{\"n\": 8}")});
    QCOMPARE(forced.code, 0);
    QCOMPARE(attempts(dataOf(forced.out)), QStringLiteral("first:run second:forced third:run"));
    QCOMPARE(dataOf(forced.out)[u"output_data"][u"third"][u"data"][u"n"].toInt(), 1);
}

void TestFlowctlControl::resumes()
{
    const Flowctl flowctl;
    QCOMPARE(flowctl.run("run -", quoted(steps)).code, 1); // divides by zero
    const Outcome again = flowctl.run("executions resume 1 --json");
    QCOMPARE(again.code, 1);
    QCOMPARE(attempts(dataOf(again.out)), QStringLiteral("first:reused second:reused third:run"));
    const Outcome earlier = flowctl.run("executions resume 1 --from second --json");
    QCOMPARE(attempts(dataOf(earlier.out)), QStringLiteral("first:reused second:run third:run"));
    const Outcome never = flowctl.run("executions resume 1 --from nobody");
    QCOMPARE(never.code, 1);
    QVERIFY(never.err.contains(QStringLiteral("Task 'nobody' did not run in execution 1")));
}

void TestFlowctlControl::partsOfAFlow()
{
    const Flowctl flowctl;
    const QString input = QStringLiteral("first={\"status\": \"success\", \"data\": {\"n\": 7}}");
    const QStringList run{QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--json"),
                          QStringLiteral("--input"), input};
    const Outcome from = flowctl.run(run + words("--from second"), quoted(steps));
    QCOMPARE(from.code, 0);
    QCOMPARE(attempts(dataOf(from.out)), QStringLiteral("second:run third:run"));
    const Outcome only = flowctl.run(run + words("--only second"), quoted(steps));
    QCOMPARE(attempts(dataOf(only.out)), QStringLiteral("second:run"));
}

void TestFlowctlControl::pins()
{
    const Flowctl flowctl;
    flowctl.run("run -", oneTask("noop"));
    QCOMPARE(flowctl.run("executions pin 1").out, QStringLiteral("Execution 1 is kept\n"));
    QVERIFY(dataOf(flowctl.run("executions show 1").out).value(u"pinned").toBool());
    QCOMPARE(flowctl.run("executions unpin 1").code, 0);
    QVERIFY(!dataOf(flowctl.run("executions show 1").out).value(u"pinned").toBool());
    QCOMPARE(flowctl.run("executions pin 9").code, 3);
}

void TestFlowctlControl::misuse_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("message");
    QTest::newRow("no number") << "executions continue x"
                               << "\"x\" is not the number of an execution";
    QTest::newRow("forced to what") << "executions continue 1 --force maybe"
                                    << "--force must be success or failure";
    QTest::newRow("data of nothing") << "executions continue 1 --data 5"
                                     << "give --force success or --force failure";
    QTest::newRow("error of nothing") << "executions step 1 --error bad"
                                      << "give --force success or --force failure";
    QTest::newRow("error of a success") << "executions continue 1 --force success --error bad"
                                        << "--error is why a task failed";
    QTest::newRow("some and none") << "executions breakpoints 1 --breakpoint a --none"
                                   << "Only one of --breakpoint and --none can be given";
    QTest::newRow("no JSON") << "executions continue 1 --force success --data {"
                             << "--data must be JSON";
    QTest::newRow("breakpoint nowhere") << "run x --breakpoint =1"
                                        << "--breakpoint needs TASK[=EXPRESSION]";
    QTest::newRow("both ends") << "run x --from a --only b"
                               << "only one of --from and --only can be given";
    QTest::newRow("nothing to edit") << "executions edit 1"
                                     << "Say what to change";
    QTest::newRow("nameless") << "executions edit 1 --set =5"
                              << "--set needs NAME=VALUE";
}

void TestFlowctlControl::misuse()
{
    QFETCH(QString, arguments);
    QFETCH(QString, message);
    const Flowctl flowctl;
    const Outcome refused = flowctl.run(arguments.split(u' '));
    QVERIFY2(refused.err.contains(message), qPrintable(refused.err));
    QCOMPARE(refused.code, 2);
}

QTEST_GUILESS_MAIN(TestFlowctlControl)
#include "tst_flowctl_control.moc"
