// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression_rows.h"
#include "support/flow_test.h"

#include <thread>

using namespace flow;

namespace {

QJsonObject objectOf(const char *json)
{
    return QJsonDocument::fromJson(json).object();
}

// What a validator knows of a flow with the tasks fetch and load.
Scope knownScope()
{
    const Shape status = Shape::oneOf({QStringLiteral("success"), QStringLiteral("failure")});
    const Shape task = Shape::closed(
        {{QStringLiteral("status"), status}, {QStringLiteral("data"), Shape{}}, {QStringLiteral("error"), Shape{}}});
    return {
        {QStringLiteral("input"), Shape::open({{QStringLiteral("count"), Shape::of(ValueType::Int)}})},
        {QStringLiteral("tasks"), Shape::closed({{QStringLiteral("fetch"), task}, {QStringLiteral("load"), task}})}};
}

} // namespace

// What the engine builds on: JSON in and out, compile-time knowledge, limits, threads.
class TestExpressionApi : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void json_data()
    {
        static const ExpressionRow rows[] = {
            {"null", "null"},
            {"true", "true"},
            {"7", "7"},
            {"9007199254740993", "9007199254740993"},
            {"-9223372036854775808", "-9223372036854775808"},
            {"7u", "7"},
            {"0.5", "0.5"},
            {"'text'", "\"text\""},
            {"b'abc'", "\"YWJj\""},
            {"[1, 'a', [null]]", "[1,\"a\",[null]]"},
            {"{'b': 1, 'a': {'c': 2.5}}", "{\"a\":{\"c\":2.5},\"b\":1}"},
            {"{1: 'one', true: 'yes'}", "{\"1\":\"one\",\"true\":\"yes\"}"},
            {"input.people[1]", "{\"age\":17,\"name\":\"Bo\"}"},
            {"input.tags", "[\"a\",\"b\",\"c\"]"},
            {"timestamp('2026-01-31T08:30:00.250Z')", "\"2026-01-31T08:30:00.25Z\""},
            {"duration('90s')", "\"90s\""},
            {"type(1)", "\"int\""},
            {"18446744073709551615u", "column 1: 18446744073709551615u is too large for JSON"},
            {"1.0 / 0.0", "column 5: JSON has no Infinity"},
            {"[0.0 / 0.0]", "column 1: JSON has no NaN"},
            {"{1: 'a', '1': 'b'}", "column 1: two keys of a map are both \"1\" in JSON"},
        };
        addRows(rows);
    }
    void json()
    {
        QFETCH(QString, text);
        const auto expression = Expression::compile(text);
        QVERIFY(expression);
        const auto value = expression->evaluate(sampleContext());
        if (!value) {
            QCOMPARE(value.error().code, ErrorCode::BadExpression);
            QTEST(value.error().reason, "outcome");
            return;
        }
        const QByteArray list = QJsonDocument(QJsonArray{*value}).toJson(QJsonDocument::Compact);
        QTEST(QString::fromUtf8(list.sliced(1, list.size() - 2)), "outcome");
    }

    void boolean()
    {
        const auto context = sampleContext();
        QCOMPARE(Expression::compile(QStringLiteral("input.count == 3"))->evaluateBool(context).value(), true);
        QCOMPARE(Expression::compile(QStringLiteral("input.count == 4"))->evaluateBool(context).value(), false);
        const auto wrong = Expression::compile(QStringLiteral("input.count"))->evaluateBool(context);
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().reason, QStringLiteral("the result must be true or false, and it is int"));
        const auto failed = Expression::compile(QStringLiteral("input.x"))->evaluateBool(context);
        QCOMPARE(failed.error().reason, QStringLiteral("column 7: there is no \"x\""));
    }

    void scope_data()
    {
        static const ExpressionRow rows[] = {
            {"tasks.fetch.status == 'success'", "bool"},
            {"tasks.fetch.data.count > 0", "bool"},
            {"tasks['load'].data",
             "null, bool, int, uint, double, string, bytes, list, map, timestamp, duration or type"},
            {"input.count + 1", "int"},
            {"input.other", "null, bool, int, uint, double, string, bytes, list, map, timestamp, duration or type"},
            {"tasks.fetch.status + '!'", "string"},
            {"input.count > 1 ? 'a' : 2.5", "double or string"},
            {"tasks.all(name, tasks[name].status == 'success')", "bool"},
            {"tasks.fech.status == 'success'", "column 7: there is no \"fech\"; did you mean \"fetch\"?"},
            {"tasks['fech'].status", "column 7: there is no \"fech\"; did you mean \"fetch\"?"},
            {"has(tasks.fech)", "column 11: there is no \"fech\"; did you mean \"fetch\"?"},
            {"tasks.fetch.stats", "column 13: there is no \"stats\"; did you mean \"status\"?"},
            {"tasks.fetch.status > 3", "column 20: > does not work with string and int"},
            {"tasks.fetch.status == 3", "column 20: string and int are never equal"},
            {"input.count.size()", "column 13: size() is written string, bytes, list or map.size(); here it gets int"},
            {"tasks + 1", "column 7: + does not work with map and int"},
            {"flow.id", "column 1: there is no variable flow"},
            {"tasks.fetch.status == 'sucess'",
             "column 23: the value is never \"sucess\", only \"success\" or \"failure\"; did you mean \"success\"?"},
            {"'done' != tasks['fetch'].status",
             "column 1: the value is never \"done\", only \"success\" or \"failure\""},
            {"tasks.fetch.status == \"Success\"",
             "column 23: the value is never \"Success\", only \"success\" or \"failure\"; did you mean \"success\"?"},
            {"tasks.fetch.status in ['success', 'failed']",
             "column 35: the value is never \"failed\", only \"success\" or \"failure\""},
            {"'sucess' in [tasks.fetch.status, tasks.load.status]",
             "column 1: the value is never \"sucess\", only \"success\" or \"failure\"; did you mean \"success\"?"},
            {"tasks.fetch.status in ['success', 'failure', input.other]", "bool"},
            {"tasks.fetch.status < 'sucess' || tasks.fetch.status.contains('suc')", "bool"},
            {"tasks.fetch.status != '' && tasks.fetch.status == ''", "bool"}, // whether there is any is no mistake
            {"input.other == 'sucess' || input.other in ['sucess']", "bool"},
            {"tasks.fetch.status == (input.count > 1 ? 'sucess' : 'failure')", "bool"},
        };
        addRows(rows);
    }
    void scope()
    {
        QFETCH(QString, text);
        const auto expression = Expression::compile(text, knownScope());
        QTEST(expression ? expression->types().words() : expression.error().reason, "outcome");
    }

    void parsedOnly()
    {
        // What compile() refuses shows when it is evaluated, and only where it is reached.
        const auto value = [](const char *text) {
            return inWords(Expression::parse(QString::fromUtf8(text))->evaluateValue(Values{}));
        };
        QCOMPARE(value("true || 1"), QStringLiteral("true"));
        QCOMPARE(value("x || true"), QStringLiteral("true"));
        QCOMPARE(value("f(1) || true"), QStringLiteral("true"));
        QCOMPARE(value("'a'.matches('[') || true"), QStringLiteral("true"));
        QCOMPARE(value("x"), QStringLiteral("column 1: there is no variable x"));
        QCOMPARE(value("f(1)"), QStringLiteral("column 1: there is no function f()"));
        QCOMPARE(value("1 + 'a'"), QStringLiteral("column 3: + does not work with int and string"));
        QVERIFY(!Expression::parse(QStringLiteral("1 +")));
    }

    void dottedNames()
    {
        const Values variables = {{QStringLiteral("a.b"), Value(qint64(1))},
                                  {QStringLiteral("a"), Value::fromJson(objectOf("{\"b\": 2, \"c\": 3}"))}};
        const auto value = [&](const char *text) {
            return inWords(Expression::parse(QString::fromUtf8(text))->evaluateValue(variables));
        };
        QCOMPARE(value("a.b"), QStringLiteral("1"));
        QCOMPARE(value("(a).b"), QStringLiteral("1"));
        QCOMPARE(value("a.c"), QStringLiteral("3"));
        QCOMPARE(value("[{'b': 4}].map(a, a.b)"), QStringLiteral("[4]"));
        QCOMPARE(value("[{'b': 4}].map(a, .a.b)"), QStringLiteral("[1]"));
        const auto checked = Expression::compile(QStringLiteral("a.b + 1"), QStringList{QStringLiteral("a.b")});
        QVERIFY(checked);
        QCOMPARE(inWords(checked->evaluateValue(variables)), QStringLiteral("2"));
    }

    void variables()
    {
        const auto expression = Expression::compile(QStringLiteral("input.a + tasks.b.c + [1].map(x, x)[0] + input.d"),
                                                    {QStringLiteral("input"), QStringLiteral("tasks")});
        QCOMPARE(expression->variables(), QStringList({QStringLiteral("input"), QStringLiteral("tasks")}));
        QCOMPARE(expression->text(), QStringLiteral("input.a + tasks.b.c + [1].map(x, x)[0] + input.d"));
    }

    void error()
    {
        const auto wrong = Expression::compile(QStringLiteral("1 +"));
        QCOMPARE(wrong.error().code, ErrorCode::BadExpression);
        QCOMPARE(wrong.error().text(), QStringLiteral("column 4: something is missing at the end"));
    }

    void manyThreads()
    {
        const auto expression =
            Expression::compile(QStringLiteral("input.tags.map(t, t + string(input.count)).size() == 3"));
        std::atomic<int> good = 0;
        const auto run = [&] {
            const auto context = sampleContext();
            for (int i = 0; i < 500; ++i)
                good += expression->evaluateBool(context).value() ? 1 : 0;
        };
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back(run);
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(good.load(), 2000);
    }
};

QTEST_GUILESS_MAIN(TestExpressionApi)
#include "tst_expression_api.moc"
