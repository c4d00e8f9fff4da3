// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/breakpoint.h"
#include "model/flow_json.h"
#include "support/flow_test.h"

#include <QJsonDocument>

using namespace flow;

namespace {

QJsonObject object(QString text)
{
    return QJsonDocument::fromJson(text.replace(u'\'', u'"').toUtf8()).object();
}

/// A flow of tasks a and b with these fields added, and these to its first task.
QJsonObject flowWith(const QString &fields, const QString &taskFields = {})
{
    return object(
        QStringLiteral("{'id': 'x', 'name': 'X', 'start_task': 'a', 'tasks': [{'name': 'a', 'type': 'noop'%2},"
                       " {'name': 'b', 'type': 'noop'}], 'conditions': []%1}")
            .arg(fields, taskFields));
}

QString problems(const QJsonObject &flow)
{
    QStringList lines;
    for (const Error &error : flowFromJson(flow).errors)
        lines.append(error.text());
    return lines.join(u'\n');
}

} // namespace

/// What flows can say beyond the reference, as far as executions are concerned.
class TestFlowAdditions : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void readAndWritten_data();
    void readAndWritten();
    void refused_data();
    void refused();
    void droppedForTheReference();
    void breakpoints_data();
    void breakpoints();
};

void TestFlowAdditions::readAndWritten_data()
{
    QTest::addColumn<QString>("fields");
    QTest::addColumn<QString>("taskFields");
    QTest::newRow("none") << ""
                          << "";
    QTest::newRow("handlers") << ", 'failure_task': 'b', 'final_task': 'b'"
                              << "";
    QTest::newRow("concurrency, others wait") << ", 'concurrency': {'limit': 3}" << "";
    for (const char *word : {"skip", "cancel_oldest"}) {
        QTest::addRow("concurrency, %s", word)
            << QStringLiteral(", 'concurrency': {'limit': 3, 'when_busy': '%1'}").arg(QLatin1StringView(word)) << "";
    }
    QTest::newRow("safe to repeat") << ""
                                    << ", 'retry_safe': true";
    QTest::newRow("not safe to repeat") << ""
                                        << ", 'retry_safe': false";
    QTest::newRow("jitter") << ""
                            << ", 'retry': {'max_attempts': 3, 'delay_seconds': 2, 'jitter': 0.25}";
}

void TestFlowAdditions::readAndWritten()
{
    QFETCH(QString, fields);
    QFETCH(QString, taskFields);
    const QJsonObject json = flowWith(fields, taskFields);
    const FlowReading read = flowFromJson(json);
    QCOMPARE(problems(json), QString());
    const FlowReading again = flowFromJson(toJson(read.flow));
    QVERIFY(again.flow == read.flow);
    const QJsonObject canonical = QJsonDocument::fromJson(canonicalJson(read.flow)).object();
    for (const QString &key :
         {QStringLiteral("failure_task"), QStringLiteral("final_task"), QStringLiteral("concurrency")})
        QCOMPARE(canonical.value(key), json.value(key));
    for (const QString &key : {QStringLiteral("retry_safe"), QStringLiteral("retry")})
        QCOMPARE(canonical[u"tasks"][0][key].isUndefined(), json[u"tasks"][0][key].isUndefined());
    QCOMPARE(canonical[u"tasks"][0][u"retry"][u"jitter"], json[u"tasks"][0][u"retry"][u"jitter"]);
    QCOMPARE(canonical[u"tasks"][0][u"retry_safe"], json[u"tasks"][0][u"retry_safe"]);
}

void TestFlowAdditions::refused_data()
{
    QTest::addColumn<QString>("fields");
    QTest::addColumn<QString>("taskFields");
    QTest::addColumn<QString>("message"); // how it begins
    QTest::newRow("failure task is a number") << ", 'failure_task': 5"
                                              << ""
                                              << "failure_task = 5: must be a text";
    QTest::newRow("limit 0") << ", 'concurrency': {'limit': 0}"
                             << ""
                             << "concurrency.limit = 0: must be";
    QTest::newRow("limit is no whole number") << ", 'concurrency': {'limit': 1.5}"
                                              << ""
                                              << "concurrency.limit = 1.5";
    QTest::newRow("unknown policy") << ", 'concurrency': {'limit': 1, 'when_busy': 'wait'}"
                                    << ""
                                    << "concurrency.when_busy = \"wait\": must be";
    QTest::newRow("unknown field") << ", 'concurrency': {'limit': 1, 'max': 2}"
                                   << ""
                                   << "concurrency.max";
    QTest::newRow("safe is a text") << ""
                                    << ", 'retry_safe': 'yes'"
                                    << "tasks[0].retry_safe = \"yes\": must be";
    QTest::newRow("jitter above 1") << ""
                                    << ", 'retry': {'jitter': 1.1}"
                                    << "tasks[0].retry.jitter = 1.1: must be";
    QTest::newRow("jitter below 0") << ""
                                    << ", 'retry': {'jitter': -0.1}"
                                    << "tasks[0].retry.jitter = -0.1: must be";
}

void TestFlowAdditions::refused()
{
    QFETCH(QString, fields);
    QFETCH(QString, taskFields);
    QFETCH(QString, message);
    const QString told = problems(flowWith(fields, taskFields));
    QVERIFY2(told.startsWith(message), qPrintable(told));
}

void TestFlowAdditions::droppedForTheReference()
{
    const Flow flow = flowFromJson(flowWith(QStringLiteral(", 'failure_task': 'b', 'final_task': 'b', 'concurrency':"
                                                           " {'limit': 1}"),
                                            QStringLiteral(", 'retry_safe': true")))
                          .flow;
    const ReferenceExport exported = exportForReference(flow);
    for (const char *word : {"failure_task", "final_task", "concurrency", "retry_safe"})
        QVERIFY2(!exported.json.contains(word), word);
    QVERIFY2(exported.dropped.size() >= 4, qPrintable(exported.dropped.join(u'\n')));
}

void TestFlowAdditions::breakpoints_data()
{
    QTest::addColumn<QString>("list");
    QTest::addColumn<QString>("message"); ///< empty: good
    QTest::newRow("none") << "[]"
                          << "";
    QTest::newRow("on a task") << "[{'task': 'a'}]"
                               << "";
    QTest::newRow("with an expression") << "[{'task': 'a', 'when': 'input.x > 1'}]"
                                        << "";
    QTest::newRow("on a condition") << "[{'condition': 'c', 'when': 'tasks.a.data > 1'}]"
                                    << "";
    QTest::newRow("on nothing") << "[{'when': 'true'}]"
                                << "breakpoints[0]";
    QTest::newRow("on both") << "[{'task': 'a', 'condition': 'c'}]"
                             << "breakpoints[0]";
    QTest::newRow("no such task") << "[{'task': 'z'}]"
                                  << "breakpoints[0].task = \"z\"";
    QTest::newRow("no such condition") << "[{'task': 'a'}, {'condition': 'z'}]"
                                       << "breakpoints[1].condition = \"z\"";
    QTest::newRow("bad expression") << "[{'task': 'a', 'when': 'inptu.x'}]"
                                    << "breakpoints[0].when";
    QTest::newRow("unknown field") << "[{'task': 'a', 'if': 'true'}]"
                                   << "breakpoints[0].if";
    QTest::newRow("no object") << "[5]"
                               << "breakpoints[0]";
}

void TestFlowAdditions::breakpoints()
{
    QFETCH(QString, list);
    QFETCH(QString, message);
    QJsonObject json = flowWith({});
    json.insert(QStringLiteral("conditions"),
                object(QStringLiteral("{'c': [{'name': 'c', 'source_task': 'a', 'outcome': 'success',"
                                      " 'target_task_success': 'b'}]}"))[u"c"]);
    const Flow flow = flowFromJson(json).flow;
    const FieldPath path(QStringLiteral("breakpoints"));
    const QJsonArray array = object(QStringLiteral("{'list': %1}").arg(list))[u"list"].toArray();
    const Result<QList<Breakpoint>> read = breakpointsFromJson(array, path);
    const Result<void> good = read ? checkBreakpoints(*read, flow, path) : Result<void>(read.error());
    QCOMPARE(good.ok(), message.isEmpty());
    if (good)
        QCOMPARE(toJson(*read), array);
    else
        QVERIFY2(good.error().text().startsWith(message), qPrintable(good.error().text()));
}

QTEST_GUILESS_MAIN(TestFlowAdditions)
#include "tst_flow_additions.moc"
