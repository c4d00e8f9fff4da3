// SPDX-License-Identifier: GPL-3.0-or-later
#include "nested_flows.h"
#include "service/context_check.h"
#include "service_fixture.h"
#include "support/flow_test.h"

using namespace flow;
using namespace flow::test;

/// A person's changes to a context: what cannot be meant is told before it is stored.
class TestContextCheck : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void edits_data();
    void edits();
    void isAskedBeforeStoring();
    void startsInTheMiddle_data();
    void startsInTheMiddle();
};

void TestContextCheck::edits_data()
{
    QTest::addColumn<QString>("set");
    QTest::addColumn<QString>("removed"); ///< names between spaces
    QTest::addColumn<QString>("told");    ///< how the error begins; empty: it is fine

    const auto row = [](const char *name, const char *set, const char *removed, const char *told) {
        QTest::newRow(name) << QString::fromLatin1(set) << QString::fromLatin1(removed) << QString::fromLatin1(told);
    };
    row("an input", "{'day': 5, 'new': [1]}", "", "");
    row("a result", "{'a': {'status': 'failure', 'error': 'x'}}", "", "");
    row("a result of nothing", "{'b': {'status': 'success', 'data': null, 'error': null}}", "", "");
    row("taken out", "{}", "day a", "");
    row("nothing", "{}", "", "Nothing is to be changed");
    row("one that is not there", "{}", "day nosuch",
        "'nosuch' cannot be removed, because it is not in the context; in it are: a, c, day");
    row("a status that is none", "{'a': {'status': 'sucess'}}", "",
        "a.status = \"sucess\": must be one of: success, failure. This is the name of a task");
    row("no object", "{'a': 5}", "", "a = 5: must be an object. This is the name of a task");
    row("without a status", "{'b': {'data': 5}}", "", "b.status: is missing. This is the name of a task");
    row("a member that is none", "{'b': {'status': 'success', 'result': 5}}", "",
        "b.result: is unknown; known: data, error, status. This is the name of a task");
    row("an error that is no text", "{'b': {'status': 'failure', 'error': 5}}", "",
        "b.error = 5: must be text or null");
    row("an input named as a task", "{'c': 6}", "", "");
    row("an input named as a task, made a result", "{'c': {'status': 'success'}}", "", "");
    row("an input named as a task, made half a result", "{'c': {'status': 1}}", "",
        "c.status = 1: must be one of: success, failure");
}

void TestContextCheck::edits()
{
    QFETCH(QString, set);
    QFETCH(QString, removed);
    QFETCH(QString, told);
    const Flow flow = fileOf(QStringLiteral("x"), QStringLiteral("a b c")).flow;
    const QJsonObject context = object(QStringLiteral("{'day': 1, 'a': {'status': 'success', 'data': 1}, 'c': 5}"));
    const Result<void> done = checkEdit(flow, context, object(set), removed.split(u' ', Qt::SkipEmptyParts));
    const QString text = done ? QString() : done.error().text();
    QVERIFY2(told.isEmpty() ? text.isEmpty() : text.startsWith(told), qPrintable(text));
}

void TestContextCheck::isAskedBeforeStoring()
{
    const ServiceFixture service;
    QVERIFY(service->createFlow(
        fileOf(QStringLiteral("x"), QStringLiteral("a b"), QStringLiteral("a success b|end; b success end"))));
    const ExecutionId id = service->start(QStringLiteral("x"), {{QStringLiteral("day"), 1}}, {.pause = true}).value();
    QTRY_COMPARE(toString(service->execution(id, false)->execution.status), QStringLiteral("paused"));
    QVERIFY(service->editContext(id, {{QStringLiteral("a"), 5}}).error().code == ErrorCode::NotAnObject);
    QVERIFY(service->editContext(id, {}, {QStringLiteral("nosuch")}).error().code == ErrorCode::UnknownReference);
    QCOMPARE(service->executionContext(id).value(), (QJsonObject{{QStringLiteral("day"), 1}}));
    QVERIFY(service->editContext(id, {{QStringLiteral("night"), 2}}, {QStringLiteral("day")}));
    QCOMPARE(service->executionContext(id).value(), (QJsonObject{{QStringLiteral("night"), 2}}));
}

void TestContextCheck::startsInTheMiddle_data()
{
    QTest::addColumn<QString>("context");
    QTest::addColumn<QString>("error"); // how it begins
    QTest::newRow("a result") << "{'a': {'status': 'success', 'data': 5}}"
                              << "";
    QTest::newRow("another value") << "{'c': 5}"
                                   << "";
    QTest::newRow("wrong status") << "{'a': {'status': 'done'}}"
                                  << "a.status = \"done\": must be one of";
    QTest::newRow("no result") << "{'a': 5}"
                               << "a = 5: must be an object. This is the name of a task";
    QTest::newRow("what the flow asks for as its input") << "{'b': 5}"
                                                         << "";
}

/// What is named as a task is its result, unless the flow asks for an input of that name.
void TestContextCheck::startsInTheMiddle()
{
    QFETCH(QString, context);
    QFETCH(QString, error);
    const ServiceFixture service;
    FlowFile file =
        fileOf(QStringLiteral("x"), QStringLiteral("a b"), QStringLiteral("a success b|end; b success end"));
    file.flow.inputs = object(QStringLiteral("{'properties': {'b': {}}}"));
    QVERIFY(service->createFlow(file));
    const Result<ExecutionId> started =
        service->start(QStringLiteral("x"), object(context), {.startTask = QStringLiteral("b")});
    QCOMPARE(started.ok(), error.isEmpty());
    if (!started)
        QVERIFY2(started.error().text().startsWith(error), qPrintable(started.error().text()));
}

QTEST_GUILESS_MAIN(TestContextCheck)
#include "tst_context_check.moc"
