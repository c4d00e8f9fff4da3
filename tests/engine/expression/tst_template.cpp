// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/template.h"
#include "sample_context.h"
#include "support/flow_test.h"

using namespace flow;

namespace {

QJsonObject object(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

QString compact(const QJsonObject &json)
{
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

Scope scope()
{
    const Shape task = Shape::open({{QStringLiteral("status"), Shape::of(ValueType::String)}});
    return {
        {QStringLiteral("input"), Shape{}},
        {QStringLiteral("tasks"), Shape::closed({{QStringLiteral("fetch"), task}, {QStringLiteral("load"), task}})}};
}

} // namespace

class TestTemplate : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void text_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *text, const char *expected) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("", "\"\"");
        row("plain", "\"plain\"");
        row("${input.day}", "\"monday\"");
        row("${input.count}", "3");
        row("${input.ratio}", "0.5");
        row("${input.yes}", "true");
        row("${input.nothing}", "null");
        row("${input.big}", "9007199254740993");
        row("${input.tags}", "[\"a\",\"b\",\"c\"]");
        row("${input.people[0]}", "{\"age\":36,\"name\":\"Ada\"}");
        row("${ input.count + 1 }", "4");
        row("${[1, 2].map(x, {\"n\": x})}", "[{\"n\":1},{\"n\":2}]");
        row("${{}}", "{}");
        row("${\"}\"}", "\"}\"");
        row("${'${input.day}'}", "\"${input.day}\"");
        row("on ${input.day}", "\"on monday\"");
        row("${input.day}!", "\"monday!\"");
        row(" ${input.day}", "\" monday\"");
        row("${input.day}${input.count}", "\"monday3\"");
        row("${input.count} of ${input.tags.size()}", "\"3 of 3\"");
        row("r=${input.ratio} y=${input.yes} n=${input.nothing}", "\"r=0.5 y=true n=null\"");
        row("tags: ${input.tags}", "\"tags: [\\\"a\\\",\\\"b\\\",\\\"c\\\"]\"");
        row("who: ${input.people[1]}", "\"who: {\\\"age\\\":17,\\\"name\\\":\\\"Bo\\\"}\"");
        row("at ${timestamp(\"2026-01-31T08:30:00Z\")}", "\"at 2026-01-31T08:30:00Z\"");
        row("b ${b'ok'}", "\"b ok\"");
        row("$${input.day}", "\"${input.day}\"");
        row("$$${input.day}", "\"$${input.day}\"");
        row("cost: $5, $", "\"cost: $5, $\"");
        row("$$", "\"$$\"");
        row("{input.day}", "\"{input.day}\"");
        row("a } b", "\"a } b\"");
        row("ünï ${input.day} 😀", "\"ünï monday 😀\"");
        row("${input.evil}", "\"${input.day} $${x}\"");
        row("see ${input.evil}", "\"see ${input.day} $${x}\"");
    }
    void text()
    {
        QFETCH(QString, text);
        Expression::Variables context = sampleContext();
        QJsonObject input = context.value(QStringLiteral("input")).toObject();
        input.insert(QStringLiteral("evil"), QStringLiteral("${input.day} $${x}"));
        context.insert(QStringLiteral("input"), input);
        const auto compiled = TemplateText::compile(text, nullptr);
        QVERIFY2(compiled, qPrintable(compiled ? QString() : compiled.error().text()));
        const auto value = compiled->expand(context);
        QVERIFY2(value, qPrintable(value ? QString() : value.error().text()));
        const QByteArray list = QJsonDocument(QJsonArray{*value}).toJson(QJsonDocument::Compact);
        QTEST(QString::fromUtf8(list.sliced(1, list.size() - 2)), "expected");
    }

    void expand()
    {
        const auto compiled = Template::compile(object("{\"url\": \"host/${input.day}\", \"limit\": \"${input.count}\","
                                                       "\"nested\": {\"list\": [1, \"x\", \"${tasks.fetch.status}\", "
                                                       "{\"deep\": \"${input.tags}\"}], \"plain\": true},"
                                                       "\"${input.day}\": \"names stay\", \"escaped\": \"$${x}\"}"));
        QVERIFY(compiled);
        QVERIFY(!compiled->isPlain());
        QCOMPARE(compiled->variables(), QStringList({QStringLiteral("input"), QStringLiteral("tasks")}));
        const auto config = compiled->expand(sampleContext());
        QVERIFY(config);
        QCOMPARE(
            compact(*config),
            compact(object(
                "{\"url\": \"host/monday\", \"limit\": 3,"
                "\"nested\": {\"list\": [1, \"x\", \"success\", {\"deep\": [\"a\", \"b\", \"c\"]}], \"plain\": true},"
                "\"${input.day}\": \"names stay\", \"escaped\": \"${x}\"}")));
    }

    void plain()
    {
        const QJsonObject config = object("{\"a\": \"x\", \"b\": [1, \"$5\"], \"c\": {\"d\": null}}");
        const auto compiled = Template::compile(config);
        QVERIFY(compiled->isPlain());
        QCOMPARE(compact(*compiled->expand({})), compact(config));
    }

    void compileErrors_data()
    {
        QTest::addColumn<QString>("config");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *config, const char *error) {
            QTest::newRow(config) << QString::fromUtf8(config) << QString::fromUtf8(error);
        };
        row("{\"url\": \"x ${}\"}", "config.url = \"x ${}\": column 5: an expression is missing between ${ and }");
        row("{\"url\": \"x ${input.day\"}", "config.url = \"x ${input.day\": column 14: a closing } is missing");
        row("{\"home\": \"${HOME}\"}", "config.home = \"${HOME}\": column 3: there is no variable HOME; ${ begins an "
                                       "expression, for a shell write $${");
        row("{\"end\": \"${x##*.}\"}", "config.end = \"${x##*.}\": column 4: # has no meaning here; ${ begins an "
                                       "expression, for a shell write $${");
        row("{\"url\": \"${1 2}\"}", "config.url = \"${1 2}\": column 5: 2 was not expected here");
        row("{\"a\": [0, {\"b\": \"${inpt.day}\"}]}",
            "config.a[1].b = \"${inpt.day}\": column 3: there is no variable inpt; did you mean \"input\"?");
        row("{\"a\": \"see ${input.day} and ${tasks.fech.data}\"}",
            "config.a = \"see ${input.day} and ${tasks.fech.data}\": column 30: there is no \"fech\"; did you mean "
            "\"fetch\"?");
        row("{\"a\": \"${'x' + 1}\"}", "config.a = \"${'x' + 1}\": column 7: + does not work with string and int");
    }
    void compileErrors()
    {
        QFETCH(QString, config);
        const auto compiled = Template::compile(object(config.toUtf8()), scope(), FieldPath(QStringLiteral("config")));
        QVERIFY(!compiled);
        QCOMPARE(compiled.error().code, ErrorCode::BadExpression);
        QTEST(compiled.error().text(), "error");
    }

    void expandErrors_data()
    {
        QTest::addColumn<QString>("config");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *config, const char *error) {
            QTest::newRow(config) << QString::fromUtf8(config) << QString::fromUtf8(error);
        };
        row("{\"a\": \"x ${input.dya}\"}",
            "a = \"x ${input.dya}\": column 11: there is no \"dya\"; did you mean \"day\"?");
        row("{\"a\": {\"b\": [\"${1 / 0}\"]}}", "a.b[0] = \"${1 / 0}\": column 5: division by zero");
        row("{\"a\": \"${1.0 / 0.0}\"}", "a = \"${1.0 / 0.0}\": column 7: JSON has no Infinity");
        row("{\"a\": \"x ${[0.0 / 0.0]}\"}", "a = \"x ${[0.0 / 0.0]}\": column 5: JSON has no NaN");
        row("{\"a\": \"x ${b'\\\\xff'}\"}",
            "a = \"x ${b'\\\\xff'}\": column 5: these bytes are no text: they are not UTF-8");
    }
    void expandErrors()
    {
        QFETCH(QString, config);
        const auto compiled = Template::compile(object(config.toUtf8()));
        QVERIFY(compiled);
        const auto expanded = compiled->expand(sampleContext());
        QVERIFY(!expanded);
        QTEST(expanded.error().text(), "error");
    }

    void check()
    {
        const QJsonObject config =
            object("{\"a\": \"${x}\", \"b\": [\"${input.a}\", \"${tasks.fech}\"], \"c\": \"${1 +}\", \"d\": \"fine\"}");
        const QList<Error> errors =
            Template::check(config, scope(), FieldPath(QStringLiteral("tasks")) / 2 / QStringLiteral("config"));
        QStringList lines;
        for (const Error &error : errors)
            lines.append(error.text());
        QCOMPARE(lines, QStringList(
                            {QStringLiteral("tasks[2].config.a = \"${x}\": column 3: there is no variable x"),
                             QStringLiteral("tasks[2].config.b[1] = \"${tasks.fech}\": column 9: there is no \"fech\"; "
                                            "did you mean \"fetch\"?"),
                             QStringLiteral("tasks[2].config.c = \"${1 +}\": column 6: } was not expected here")}));
    }

    void types()
    {
        const auto typesOf = [](const char *text) {
            return TemplateText::compile(QString::fromUtf8(text), nullptr)->types().words();
        };
        QCOMPARE(typesOf("${1 + 1}"), QStringLiteral("int"));
        QCOMPARE(typesOf("x ${1 + 1}"), QStringLiteral("string"));
        QCOMPARE(typesOf("plain"), QStringLiteral("string"));
        QCOMPARE(typesOf("${input}"), TypeSet::all().words());
    }

    void tooLongExpression_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("reason");
        const QString tooLong = QStringLiteral("the expression is longer than 20000 characters");
        const QString many = QStringLiteral("1,").repeated(2'000'000);
        QTest::newRow("list") << QStringLiteral("${[%1]}").arg(many) << tooLong;
        QTest::newRow("text") << QStringLiteral("${'%1'}").arg(many) << tooLong;
        QTest::newRow("blank") << QStringLiteral("${%1}").arg(QString(30'000, u' ')) << tooLong;
        QTest::newRow("never closed") << QStringLiteral("${[%1").arg(many) << tooLong;
        QTest::newRow("wrong before") << QStringLiteral("${1 2 [%1]}").arg(many)
                                      << QStringLiteral("column 5: 2 was not expected here");
        QTest::newRow("as long as it may be")
            << QStringLiteral("${%1}").arg(QStringLiteral("1") + QString(19'998, u' ')) << QString();
        QTest::newRow("in a long text") << QStringLiteral("${1}%1").arg(many) << QString();
    }
    void tooLongExpression()
    {
        QFETCH(QString, text);
        const auto compiled = TemplateText::compile(text, nullptr);
        QTEST(compiled ? QString() : compiled.error().reason, "reason");
    }

    void tooLong()
    {
        const QString half(600'000, u'a');
        const auto text = TemplateText::compile(QStringLiteral("${t}${t}"), nullptr);
        const auto value = text->expand({{QStringLiteral("t"), half}});
        QCOMPARE(value.error().reason, QStringLiteral("this makes a text of more than 1000000 characters"));
    }
};

QTEST_GUILESS_MAIN(TestTemplate)
#include "tst_template.moc"
