// SPDX-License-Identifier: GPL-3.0-or-later
#include "nested_flows.h"
#include "service_fixture.h"
#include "support/flow_test.h"

using namespace flow;
using namespace flow::test;

namespace {

/// What stays the same each time.
QJsonObject withoutIds(QJsonObject data)
{
    data.remove(QStringLiteral("execution_id"));
    data.remove(QStringLiteral("execution_ids"));
    QJsonArray errors = data.value(u"errors").toArray();
    for (qsizetype i = 0; i < errors.size(); ++i) {
        QJsonObject error = errors[i].toObject();
        error.remove(QStringLiteral("execution_id"));
        error.remove(QStringLiteral("error"));
        errors[i] = error;
    }
    if (data.contains(QStringLiteral("errors")))
        data.insert(QStringLiteral("errors"), errors);
    return data;
}

} // namespace

class TestChildFlows : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void results_data();
    void results();
    void childrenAreExecutions();
    void libraryFlow();
    void missingFlows_data();
    void missingFlows();
    void whatIsGoneStaysDone();
    void nestingEnds();
    void oneThreadIsEnough();
    void cancelReachesThrough();
    void restIsLetGo();
};

void TestChildFlows::results_data()
{
    QTest::addColumn<QString>("tasks");
    QTest::addColumn<QString>("flows");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("data");  ///< of task `t`, without what differs each time
    QTest::addColumn<QString>("error"); ///< of the execution, with # for numbers of executions

    const QString completed = QStringLiteral("completed");
    const QString failure = QStringLiteral("failure");
    const QString echo = QStringLiteral("{'echo': [{'name': 'say', 'type': 'set_variables', 'config':"
                                        " {'values': {'got': '${input.x}'}}}]}");
    QTest::newRow("run_flow: its last result")
        << "[{'name': 't', 'type': 'run_flow', 'config': {'flow': 'echo', 'input': {'x': 7}}}]" << echo << completed
        << "{'result':{'got':7},'status':'completed'}"
        << "";
    QTest::newRow("run_flow: of what comes before the final task")
        << "[{'name': 't', 'type': 'run_flow', 'config': {'flow': 'two'}}]"
        << "{'two': [{'name': 'a', 'type': 'set_variables', 'config': {'values': {'n': 1}}},"
           " {'name': 'b', 'type': 'set_variables', 'config': {'values': {'n': '${tasks.a.data.n + 1}'}}}]}"
        << completed << "{'result':{'n':2},'status':'completed'}"
        << "";
    QTest::newRow("run_flow: it fails") << "[{'name': 't', 'type': 'run_flow', 'config': {'flow': 'bad'}}]"
                                        << "{'bad': [{'name': 'f', 'type': 'fail', 'config': {'message': 'no luck'}}]}"
                                        << failure << "{'result':null,'status':'failure'}"
                                        << "Execution # of flow 'bad' failed: no luck";
    QTest::newRow("run_flow: unknown")
        << "[{'name': 't', 'type': 'run_flow', 'config': {'flow': '${flow.id}-x'}}]"
        << "{}" << failure << "null"
        << "There is no flow 'main-x', neither in the file of flow 'main' nor in the library";

    const QString number = QStringLiteral("{'one': [{'name': 'f', 'type': 'set_variables', 'config':"
                                          " {'values': {'n': '${item * 10 + index}'}}}]}");
    for (const int atOnce : {1, 3}) {
        QTest::addRow("for_each: in order, %d at once", atOnce)
            << QStringLiteral("[{'name': 't', 'type': 'for_each', 'config': {'items': [5, 6, 7, 8], 'flow': 'one',"
                              " 'concurrency': %1}}]")
                   .arg(atOnce)
            << number << completed << "{'errors':[],'failed':0,'results':[{'n':50},{'n':61},{'n':72},{'n':83}]}"
            << "";
    }
    QTest::newRow("for_each: nothing") << "[{'name': 't', 'type': 'for_each', 'config': {'items': [], 'flow': 'one'}}]"
                                       << number << completed << "{'errors':[],'failed':0,'results':[]}"
                                       << "";
    QTest::newRow("for_each: a list of an earlier task")
        << "[{'name': 'l', 'type': 'set_variables', 'config': {'values': {'rows': [1, 2]}}},"
           " {'name': 't', 'type': 'for_each', 'config': {'items': '${tasks.l.data.rows}', 'flow': 'one'}}]"
        << number << completed << "{'errors':[],'failed':0,'results':[{'n':10},{'n':21}]}"
        << "";
    const QString oddFails = QStringLiteral("{'odd': [{'name': 'n', 'type': 'set_variables', 'config': {'values':"
                                            " {'n': '${10 / (1 - index % 2)}'}}}]}");
    QTest::newRow("for_each: stop") << "[{'name': 't', 'type': 'for_each', 'config': {'items': [0, 0, 0, 0], 'flow':"
                                       " 'odd'}}]"
                                    << oddFails << failure
                                    << "{'errors':[{'index':1}],'failed':1,'results':[{'n':10},null,null,null]}"
                                    << "Item 1: Execution # of flow 'odd' failed: *";
    QTest::newRow("for_each: go_on") << "[{'name': 't', 'type': 'for_each', 'config': {'items': [0, 0, 0, 0], 'flow':"
                                        " 'odd', 'on_failure': 'go_on'}}]"
                                     << oddFails << failure
                                     << "{'errors':[{'index':1},{'index':3}],'failed':2,'results':[{'n':10},null,"
                                        "{'n':10},null]}"
                                     << "Item 1: Execution # of flow 'odd' failed: *";
    QTest::newRow("for_each: ignore") << "[{'name': 't', 'type': 'for_each', 'config': {'items': [0, 0, 0, 0], 'flow':"
                                         " 'odd', 'on_failure': 'ignore'}}]"
                                      << oddFails << completed
                                      << "{'errors':[{'index':1},{'index':3}],'failed':2,'results':[{'n':10},null,"
                                         "{'n':10},null]}"
                                      << "";

    const QString mixed = QStringLiteral("{'good': [{'name': 'g', 'type': 'set_variables', 'config': {'values': {'ok':"
                                         " true}}}], 'bad': [{'name': 'b', 'type': 'fail', 'config': {'message':"
                                         " 'no'}}], 'slow': [{'name': 's', 'type': 'delay', 'config': {'seconds':"
                                         " 600}}]}");
    QTest::newRow("parallel: all") << "[{'name': 't', 'type': 'parallel', 'config': {'flows': [{'flow': 'good'},"
                                      " {'flow': 'good'}]}}]"
                                   << mixed << completed << "{'completed':2,'results':[{'ok':true},{'ok':true}]}"
                                   << "";
    QTest::newRow("parallel: all, one fails")
        << "[{'name': 't', 'type': 'parallel', 'config': {'flows': [{'flow': 'slow'}, {'flow': 'bad'}]}}]" << mixed
        << failure << "{'completed':0,'results':[null,null]}"
        << "0 of 2 flows completed, and 2 had to. Execution # of flow 'bad' failed: no";
    QTest::newRow("parallel: any") << "[{'name': 't', 'type': 'parallel', 'config': {'flows': [{'flow': 'slow'},"
                                      " {'flow': 'bad'}, {'flow': 'good'}], 'wait_for': 'any'}}]"
                                   << mixed << completed << "{'completed':1,'results':[null,null,{'ok':true}]}"
                                   << "";
    QTest::newRow("parallel: two of four")
        << "[{'name': 't', 'type': 'parallel', 'config': {'flows': [{'flow': 'good'}, {'flow': 'bad'}, {'flow':"
           " 'good'}, {'flow': 'slow'}], 'wait_for': 'count', 'count': 2}}]"
        << mixed << completed << "{'completed':2,'results':[{'ok':true},null,{'ok':true},null]}"
        << "";
    QTest::newRow("parallel: too few are left")
        << "[{'name': 't', 'type': 'parallel', 'config': {'flows': [{'flow': 'bad'}, {'flow': 'slow'}], 'wait_for':"
           " 'count', 'count': 2}}]"
        << mixed << failure << "{'completed':0,'results':[null,null]}"
        << "0 of 2 flows completed, and 2 had to. Execution # of flow 'bad' failed: no";
    QTest::newRow("parallel: more than there are")
        << "[{'name': 't', 'type': 'parallel', 'config': {'flows': [{'flow': 'good'}], 'wait_for': 'count', 'count':"
           " '${1 + 1}'}}]"
        << mixed << failure << "null"
        << "2 flows have to complete, but there are only 1";
}

void TestChildFlows::results()
{
    QFETCH(QString, tasks);
    QFETCH(QString, flows);
    QFETCH(QString, status);
    QFETCH(QString, data);
    QFETCH(QString, error);
    const ServiceFixture service;
    const Result<ExecutionId> id = service->start(RunRequest{file(QStringLiteral("main"), tasks, flows), {}});
    QVERIFY2(id.ok(), id ? "" : qPrintable(id.error().text()));
    const ExecutionDetails details = service->finished(*id).result();
    QCOMPARE(toString(details.execution.status), status);
    const QJsonValue got = dataOf(details, QStringLiteral("t"));
    QCOMPARE(text(got.isObject() ? QJsonValue(withoutIds(got.toObject())) : got), data);
    QString told = details.execution.errorMessage;
    told.replace(QRegularExpression(QStringLiteral("Execution \\d+")), QStringLiteral("Execution #"));
    if (error.endsWith(u'*'))
        QVERIFY2(told.startsWith(error.chopped(1)), qPrintable(told));
    else
        QCOMPARE(told, error);
}

void TestChildFlows::childrenAreExecutions()
{
    const ServiceFixture service;
    const FlowFile flow = file(QStringLiteral("main"),
                               QStringLiteral("[{'name': 't', 'type': 'for_each', 'config': {'items': [1, 2], 'flow':"
                                              " 'outer'}}]"),
                               QStringLiteral("{'outer': [{'name': 'o', 'type': 'run_flow', 'config': {'flow': 'inner',"
                                              " 'input': {'x': '${item}'}}}], 'inner': [{'name': 'i'}]}"));
    FlowFile typed = flow;
    typed.flow.flows[QStringLiteral("inner")].tasks.first().type = QStringLiteral("noop");
    const ExecutionId root = service->start(RunRequest{typed, {}}).value();
    QCOMPARE(toString(service->finished(root).result().execution.status), QStringLiteral("completed"));
    const Result<Page<Execution>> page = service->executions({});
    QCOMPARE(page->total, 5);
    QStringList told;
    for (const Execution &one : page->items) {
        const ExecutionId parent = one.parent ? one.parent->id : 0;
        told.prepend(QStringLiteral("%1<%2[%3]@%4 %5")
                         .arg(one.id - root)
                         .arg(parent == 0 ? -1 : parent - root)
                         .arg(one.parent ? one.parent->index : 0)
                         .arg(one.depth)
                         .arg(text(one.inputContext)));
        QCOMPARE(one.flowId, QStringLiteral("main"));
        QCOMPARE(toString(one.status), QStringLiteral("completed"));
    }
    QCOMPARE(told.join(QStringLiteral("; ")),
             QStringLiteral("0<-1[0]@0 {}; 1<0[0]@1 {'index':0,'item':1}; 2<1[0]@2 {'x':1}; "
                            "3<0[1]@1 {'index':1,'item':2}; 4<3[0]@2 {'x':2}"));
}

void TestChildFlows::libraryFlow()
{
    const ServiceFixture service;
    const QString tasks = QStringLiteral("[{'name': 't', 'type': 'run_flow', 'config': {'flow': 'lib'}}]");
    const auto outcome = [&] {
        const ExecutionId id = service->start(RunRequest{file(QStringLiteral("main"), tasks), {}}).value();
        const ExecutionDetails details = service->finished(id).result();
        return toString(details.execution.status) + u' ' + details.execution.errorMessage;
    };
    QVERIFY(service->createFlow(fileOf(QStringLiteral("lib"), QStringLiteral("a b"), QStringLiteral("a any b"))).ok());
    QCOMPARE(outcome(), QStringLiteral("completed "));
    const Result<StoredFlow> switched =
        service->updateFlow(QStringLiteral("lib"), [](StoredFlow &flow) -> Result<void> {
            flow.isActive = false;
            return {};
        });
    QVERIFY(switched.ok());
    QCOMPARE(outcome(), QStringLiteral("failure Flow 'lib' is not active"));
    QCOMPARE(service->executions({.flowId = QStringLiteral("lib")})->total, 1);
}

void TestChildFlows::missingFlows_data()
{
    QTest::addColumn<QString>("tasks");
    QTest::addColumn<QString>("flows");
    QTest::addColumn<QString>("error"); ///< of the start, or of the execution

    QTest::newRow("nowhere") << "[{'name': 't', 'type': 'run_flow', 'config': {'flow': 'nowhere'}}]"
                             << "{}"
                             << "Task 't' runs the flow 'nowhere', which is neither in this file nor in the library.";
    QTest::newRow("misspelt") << "[{'name': 't', 'type': 'run_flow', 'config': {'flow': 'libary'}}]"
                              << "{}"
                              << "Task 't' runs the flow 'libary', which is neither in this file nor in the library. "
                                 "Did you mean 'library'?";
    QTest::newRow("there") << "[{'name': 't', 'type': 'run_flow', 'config': {'flow': 'library'}}]"
                           << "{}"
                           << "";
    QTest::newRow("in a sub-flow") << "[{'name': 't'}]"
                                   << "{'s': [{'name': 'u', 'type': 'run_flow', 'config': {'flow': 'nowhere'}}]}"
                                   << "In sub-flow 's': Task 'u' runs the flow 'nowhere', which is neither in this "
                                      "file nor in the library.";
    QTest::newRow("of a flow of the library")
        << "[{'name': 't', 'type': 'run_flow', 'config': {'flow': 'broken'}}]"
        << "{}"
        << "Flow 'broken' cannot run: Task 'b' runs the flow 'nowhere', which is neither in this file nor in the "
           "library.";
}

void TestChildFlows::missingFlows()
{
    QFETCH(QString, tasks);
    QFETCH(QString, flows);
    const ServiceFixture service;
    QVERIFY(service->createFlow(fileOf(QStringLiteral("library"), QStringLiteral("a"))).ok());
    // Its sub-flow may come later.
    const QString broken = QStringLiteral("[{'name': 'b', 'type': 'run_flow', 'config': {'flow': 'nowhere'}}]");
    QVERIFY(service->createFlow(file(QStringLiteral("broken"), broken)).ok());
    FlowFile flow = file(QStringLiteral("main"), tasks, flows);
    for (Task &task : flow.flow.tasks)
        task.type = task.type.isEmpty() ? QStringLiteral("noop") : task.type;
    const Result<ExecutionId> id = service->start(RunRequest{flow, {}});
    if (id)
        QTEST(service->finished(*id).result().execution.errorMessage, "error");
    else
        QTEST(id.error().reason, "error");
}

/// A flow that was run may be gone when the execution is resumed behind it.
void TestChildFlows::whatIsGoneStaysDone()
{
    const ServiceFixture service;
    QVERIFY(service->createFlow(fileOf(QStringLiteral("lib"), QStringLiteral("a"))).ok());
    const QString tasks = QStringLiteral("[{'name': 't', 'type': 'run_flow', 'config': {'flow': 'lib'}},"
                                         " {'name': 'f', 'type': 'fail'}]");
    const ExecutionId id = service->start(RunRequest{file(QStringLiteral("main"), tasks), {}}).value();
    QCOMPARE(service->finished(id).result().execution.errorTask, QStringLiteral("f"));
    QVERIFY(service->deleteFlow(QStringLiteral("lib")).ok());
    const Result<ExecutionId> resumed = service->resume(id);
    QVERIFY2(resumed.ok(), qPrintable(resumed ? QString() : resumed.error().text()));
    QCOMPARE(service->finished(*resumed).result().execution.errorTask, QStringLiteral("f"));
    QCOMPARE(service->start(QStringLiteral("main"), {}).error().code, ErrorCode::InvalidFlow);
}

void TestChildFlows::nestingEnds()
{
    const ServiceFixture service;
    const FlowFile flow =
        file(QStringLiteral("circle"), QStringLiteral("[{'name': 't', 'type': 'run_flow', 'config': {'flow':"
                                                      " 'circle'}}]"));
    QVERIFY(service->createFlow(flow).ok());
    const ExecutionId id = service->start(QStringLiteral("circle"), {}).value();
    const ExecutionDetails details = service->finished(id).result();
    QCOMPARE(toString(details.execution.status), QStringLiteral("failure"));
    QVERIFY2(details.execution.errorMessage.endsWith(
                 QStringLiteral("Flow 'circle' is the 16th within each other, and that is the limit: task 't' may not "
                                "run further flows. Look whether flows run each other in a circle")),
             qPrintable(details.execution.errorMessage));
    QCOMPARE(service->executions({})->total, 16);
}

void TestChildFlows::oneThreadIsEnough()
{
    QTemporaryDir folder;
    ServiceSettings settings;
    settings.dataDir = folder.path();
    settings.executionThreads = 1;
    const auto service = FlowService::open(settings).value();
    const FlowFile flow = file(QStringLiteral("main"),
                               QStringLiteral("[{'name': 't', 'type': 'for_each', 'config': {'items': [1, 2, 3, 4, 5],"
                                              " 'concurrency': 5, 'flow': 'outer'}}]"),
                               QStringLiteral("{'outer': [{'name': 'o', 'type': 'parallel', 'config': {'flows':"
                                              " [{'flow': 'inner'}, {'flow': 'inner'}]}}],"
                                              " 'inner': [{'name': 'i', 'type': 'set_variables'}]}"));
    QList<ExecutionId> ids;
    for (int number = 0; number < 3; ++number)
        ids.append(service->start(RunRequest{flow, {}}).value());
    for (const ExecutionId id : ids)
        QCOMPARE(toString(service->finished(id).result().execution.status), QStringLiteral("completed"));
    QCOMPARE(service->executions({.status = ExecutionStatus::Completed})->total, 3 * 16);
}

void TestChildFlows::cancelReachesThrough()
{
    const ServiceFixture service;
    const FlowFile flow = file(QStringLiteral("main"),
                               QStringLiteral("[{'name': 't', 'type': 'for_each', 'config': {'items': [1, 2, 3, 4, 5,"
                                              " 6], 'concurrency': 6, 'flow': 'outer'}}]"),
                               QStringLiteral("{'outer': [{'name': 'o', 'type': 'run_flow', 'config': {'flow':"
                                              " 'inner'}}], 'inner': [{'name': 'i', 'type': 'delay', 'config':"
                                              " {'seconds': 600}}]}"));
    const ExecutionId id = service->start(RunRequest{flow, {}}).value();
    // Four threads: some have both, others wait for one.
    QTRY_VERIFY(service->executions({})->total > 9);
    QVERIFY(service->cancel(id).ok());
    QCOMPARE(toString(service->finished(id).result().execution.status), QStringLiteral("cancelled"));
    const Result<Page<Execution>> page = service->executions({});
    for (const Execution &one : page->items)
        QCOMPARE(toString(one.status), QStringLiteral("cancelled"));
    QTRY_COMPARE(service->runningExecutions(), 0);
}

void TestChildFlows::restIsLetGo()
{
    const FlowFile flow =
        file(QStringLiteral("main"),
             QStringLiteral("[{'name': 't', 'type': 'parallel', 'config': {'flows': [{'flow': 'slow'},"
                            " {'flow': 'good'}], 'wait_for': 'any', 'rest': 'let_go'}}]"),
             QStringLiteral("{'slow': [{'name': 's', 'type': 'delay', 'config': {'seconds': 600}}],"
                            " 'good': [{'name': 'g', 'type': 'set_variables'}]}"));
    QTemporaryDir folder;
    ServiceSettings settings;
    settings.dataDir = folder.path();
    settings.executionThreads = 2;
    const auto service = FlowService::open(settings).value();
    // Nobody but the thread of `main` is free to run `slow`, and yet that must not hold `main` up.
    const ExecutionId busy = service->start(RunRequest{waitingFile(QStringLiteral("busy")), {}}).value();
    QTRY_COMPARE(toString(service->execution(busy, false)->execution.status), QStringLiteral("running"));
    const ExecutionId id = service->start(RunRequest{flow, {}}).value();
    QTRY_VERIFY(service->execution(id + 1, false).ok());
    QTRY_COMPARE(toString(service->execution(id + 1, false)->execution.status), QStringLiteral("running"));
    QCOMPARE(toString(service->execution(id + 2, false)->execution.status), QStringLiteral("pending")); // two at once
    QVERIFY(service->cancel(busy).ok());
    QCOMPARE(toString(service->finished(id).result().execution.status), QStringLiteral("completed"));
    const ExecutionId slow = id + 1;
    QTRY_COMPARE(toString(service->execution(slow, false)->execution.status), QStringLiteral("running"));
    QVERIFY(service->cancel(slow).ok());
    QCOMPARE(toString(service->finished(slow).result().execution.status), QStringLiteral("cancelled"));
    QCOMPARE(toString(service->execution(id, false)->execution.status), QStringLiteral("completed"));
}

QTEST_GUILESS_MAIN(TestChildFlows)
#include "tst_child_flows.moc"
