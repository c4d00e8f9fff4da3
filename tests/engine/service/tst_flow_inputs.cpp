// SPDX-License-Identifier: GPL-3.0-or-later
#include "nested_flows.h"
#include "service_fixture.h"
#include "support/flow_test.h"

using namespace flow;
using namespace flow::test;

namespace {

/// A flow that wants a number from 3 on, and has a day unless it is given one.
FlowFile wanting(const QString &id)
{
    FlowFile file = fileOf(id, QStringLiteral("a b"), QStringLiteral("a success b|end"));
    file.flow.inputs = object(QStringLiteral(
        "{'required': ['n'], 'additionalProperties': false,"
        " 'properties': {'n': {'type': 'integer', 'minimum': 3}, 'day': {'type': 'string', 'default': 'Monday'}}}"));
    return file;
}

} // namespace

/// The description of a flow's input holds, whoever starts the flow.
class TestFlowInputs : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void starts_data();
    void starts();
    void refusedFilesAreNotAdded();
    void notInTheMiddle();
    void children_data();
    void children();
};

void TestFlowInputs::starts_data()
{
    QTest::addColumn<QString>("input");
    QTest::addColumn<QString>("told"); ///< the input of the execution, or what is wrong

    const auto row = [](const char *name, const char *input, const char *told) {
        QTest::newRow(name) << QString::fromLatin1(input) << QString::fromLatin1(told);
    };
    row("with the default", "{'n': 3}", R"({"day":"Monday","n":3})");
    row("as given", "{'n': 4, 'day': 'Friday'}", R"({"day":"Friday","n":4})");
    row("missing", "{}", "input.n: is missing");
    row("too small", "{'n': 2}", "input.n = 2: must be at least 3");
    row("every mistake", "{'n': 2, 'x': 1}", "input.n = 2: must be at least 3\ninput.x: is unknown; known: day, n");
}

void TestFlowInputs::starts()
{
    QFETCH(QString, input);
    const ServiceFixture service;
    QVERIFY(service->createFlow(wanting(QStringLiteral("w"))));
    const auto told = [&](const Result<ExecutionId> &started) {
        return started
                   ? QString::fromUtf8(json::writeCompact(service->finished(*started).result().execution.inputContext))
                   : started.error().text();
    };
    QTEST(told(service->start(QStringLiteral("w"), object(input))), "told");
    QTEST(told(service->start(RunRequest{.file = wanting(QStringLiteral("w")), .input = object(input)})), "told");
}

void TestFlowInputs::refusedFilesAreNotAdded()
{
    const ServiceFixture service;
    const Result<ExecutionId> started = service->start(RunRequest{.file = wanting(QStringLiteral("w")), .input = {}});
    QVERIFY(!started);
    QVERIFY(started.error().code == ErrorCode::MissingField);
    QVERIFY(!service->flow(QStringLiteral("w")));
}

/// A context is given there, which holds other things.
void TestFlowInputs::notInTheMiddle()
{
    const ServiceFixture service;
    QVERIFY(service->createFlow(wanting(QStringLiteral("w"))));
    const Result<ExecutionId> started =
        service->start(QStringLiteral("w"), {{QStringLiteral("c"), 1}}, {.startTask = QStringLiteral("b")});
    QVERIFY(started);
    QCOMPARE(toString(service->finished(*started).result().execution.status), QStringLiteral("completed"));
}

void TestFlowInputs::children_data()
{
    QTest::addColumn<QString>("tasks");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("error"); ///< of the parent, without numbers of executions
    QTest::addColumn<int>("ran");       ///< children that were completed

    const auto row = [](const char *name, const char *tasks, const char *status, const char *error, int ran) {
        QTest::newRow(name) << QString::fromLatin1(tasks) << QString::fromLatin1(status) << QString::fromLatin1(error)
                            << ran;
    };
    row("fits", "[{'name': 't', 'type': 'run_flow', 'config': {'flow': 'w', 'input': {'n': 3}}}]", "completed", "", 1);
    row("does not fit", "[{'name': 't', 'type': 'run_flow', 'config': {'flow': 'w', 'input': {'n': 2}}}]", "failure",
        "input.n = 2: must be at least 3", 0);
    row("one of three, and the others go on",
        "[{'name': 't', 'type': 'for_each', 'config': {'items': [1, 0, 2], 'flow': 'each', 'on_failure': 'go_on'}}]",
        "failure", "Item 1: ", 2);
    row("one of three, and that ends it",
        "[{'name': 't', 'type': 'for_each', 'config': {'items': [1, 0, 2], 'flow': 'each'}}]", "failure",
        "Item 1: ", 1);
    row("the default", "[{'name': 't', 'type': 'parallel', 'config': {'flows': [{'flow': 'w', 'input': {'n': 5}}]}}]",
        "completed", "", 1);
}

void TestFlowInputs::children()
{
    QFETCH(QString, tasks);
    QFETCH(QString, status);
    QFETCH(QString, error);
    QFETCH(int, ran);
    const ServiceFixture service;
    QVERIFY(service->createFlow(wanting(QStringLiteral("w"))));
    FlowFile each = fileOf(QStringLiteral("each"), QStringLiteral("a"));
    each.flow.inputs = object(QStringLiteral("{'properties': {'item': {'type': 'integer', 'minimum': 1}}}"));
    QVERIFY(service->createFlow(each));
    QVERIFY(service->createFlow(file(QStringLiteral("parent"), tasks)));
    const ExecutionId id = service->start(QStringLiteral("parent"), {}).value();
    const ExecutionDetails details = service->finished(id).result();
    QCOMPARE(toString(details.execution.status), status);
    QVERIFY2(details.execution.errorMessage.contains(error), qPrintable(details.execution.errorMessage));
    ExecutionQuery query;
    query.status = ExecutionStatus::Completed;
    const int all = int(service->executions(query)->total);
    QCOMPARE(all - (details.execution.status == ExecutionStatus::Completed ? 1 : 0), ran);
}

QTEST_GUILESS_MAIN(TestFlowInputs)
#include "tst_flow_inputs.moc"
