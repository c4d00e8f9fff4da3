// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/template.h"
#include "expression_rows.h"
#include "support/flow_test.h"

#include <QElapsedTimer>

using namespace flow;

namespace {

QString repeated(const QString &piece, int times)
{
    return piece.repeated(times);
}

QString outcome(const QString &text, const ExpressionLimits &limits, const Expression::Variables &variables = {})
{
    const auto expression = Expression::parse(text, limits);
    return expression ? inWords(expression->evaluateValue(variables)) : expression.error().reason;
}

// A list of 1, 2, 3 ... in JSON, and a long text.
Expression::Variables largeContext(int size)
{
    QJsonArray list;
    for (int i = 0; i < size; ++i)
        list.append(i);
    return {{QStringLiteral("list"), list}, {QStringLiteral("text"), QString(size, u'a')}};
}

} // namespace

// Nothing an expression can say makes it run for ever, run out of stack or fill the memory.
class TestExpressionLimits : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void depth_data()
    {
        QTest::addColumn<QString>("open");
        QTest::addColumn<QString>("core");
        QTest::addColumn<QString>("close");
        QTest::newRow("brackets") << QStringLiteral("(") << QStringLiteral("1") << QStringLiteral(")");
        QTest::newRow("lists") << QStringLiteral("[") << QStringLiteral("1") << QStringLiteral("]");
        QTest::newRow("maps") << QStringLiteral("{1: ") << QStringLiteral("1") << QStringLiteral("}");
        QTest::newRow("calls") << QStringLiteral("dyn(") << QStringLiteral("1") << QStringLiteral(")");
        QTest::newRow("not") << QStringLiteral("!") << QStringLiteral("true") << QStringLiteral("");
        QTest::newRow("minus") << QStringLiteral("-") << QStringLiteral("(1)") << QStringLiteral("");
        QTest::newRow("conditionals") << QStringLiteral("true ? 1 : ") << QStringLiteral("1") << QStringLiteral("");
        QTest::newRow("fields") << QStringLiteral("") << QStringLiteral("{}") << QStringLiteral(".a");
        QTest::newRow("items") << QStringLiteral("") << QStringLiteral("[]") << QStringLiteral("[0]");
        QTest::newRow("macros") << QStringLiteral("[1].all(x, ") << QStringLiteral("true") << QStringLiteral(")");
        QTest::newRow("comparisons") << QStringLiteral("true == ") << QStringLiteral("true") << QStringLiteral("");
    }
    void depth()
    {
        QFETCH(QString, open);
        QFETCH(QString, core);
        QFETCH(QString, close);
        const auto nested = [&](int levels) { return repeated(open, levels) + core + repeated(close, levels); };
        QVERIFY(Expression::parse(nested(100)));
        for (int levels : {200, 1500}) {
            const auto tooDeep = Expression::parse(nested(levels));
            QVERIFY(!tooDeep);
            QVERIFY2(tooDeep.error().reason.endsWith(u"this is nested too deeply; at most 128 levels are possible"),
                     qPrintable(tooDeep.error().reason));
        }
    }

    void longChains_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("or") << QStringLiteral("true") + repeated(QStringLiteral(" || true"), 2000)
                            << QStringLiteral("true");
        QTest::newRow("and") << QStringLiteral("true") + repeated(QStringLiteral(" && true"), 2000)
                             << QStringLiteral("true");
        QTest::newRow("plus") << QStringLiteral("1") + repeated(QStringLiteral(" + 1"), 4000) << QStringLiteral("4001");
        QTest::newRow("times") << QStringLiteral("1") + repeated(QStringLiteral(" * 1"), 4000) << QStringLiteral("1");
        QTest::newRow("list") << QStringLiteral("size([1") + repeated(QStringLiteral(", 1"), 4000) +
                                     QStringLiteral("])")
                              << QStringLiteral("4001");
    }
    void longChains()
    {
        QFETCH(QString, text);
        QTEST(outcome(text, {}), "expected");
    }

    void size()
    {
        QCOMPARE(outcome(QStringLiteral("1 + 1"), {.characters = 5}), QStringLiteral("2"));
        QCOMPARE(outcome(QStringLiteral("1 + 11"), {.characters = 5}),
                 QStringLiteral("the expression is longer than 5 characters"));
    }

    void results()
    {
        const ExpressionLimits limits{.textLength = 10, .listLength = 3, .patternLength = 4};
        QCOMPARE(outcome(QStringLiteral("'12345' + '67890'"), limits), QStringLiteral("\"1234567890\""));
        QCOMPARE(outcome(QStringLiteral("'12345' + '678901'"), limits),
                 QStringLiteral("column 9: this makes a text of more than 10 characters"));
        QCOMPARE(outcome(QStringLiteral("b'12345' + b'678901'"), limits),
                 QStringLiteral("column 10: this makes a text of more than 10 characters"));
        QCOMPARE(outcome(QStringLiteral("[1] + [2, 3]"), limits), QStringLiteral("[1, 2, 3]"));
        QCOMPARE(outcome(QStringLiteral("[1, 2] + [3, 4]"), limits),
                 QStringLiteral("column 8: this makes a list of more than 3 items"));
        QCOMPARE(outcome(QStringLiteral("[1, 2, 3, 4].map(x, x)"), limits),
                 QStringLiteral("column 14: this makes a list of more than 3 items"));
        QCOMPARE(outcome(QStringLiteral("[1, 2, 3, 4].transformMap(i, x, x)"), limits),
                 QStringLiteral("column 14: this makes a list of more than 3 items"));
        QCOMPARE(outcome(QStringLiteral("'a'.matches('aaaaa')"), limits),
                 QStringLiteral("column 13: the pattern is longer than 4 characters"));
        QVERIFY(outcome(QStringLiteral("'a'.matches('((a{100}){100}){100}')"), {})
                    .startsWith(u"column 13: the pattern cannot be read: "));
    }

    void patternSize_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<bool>("isTooLarge");
        const auto row = [](const char *pattern, bool isTooLarge) {
            QTest::newRow(pattern) << QString::fromUtf8(pattern) << isTooLarge;
        };
        row("^[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+[.][A-Za-z0-9-.]+$", false);
        row("^[\\\\pL\\\\pN]+$", false);
        row("(?:a?){900}", false);
        row("^\\\\pL+ \\\\pL+$", false);
        row("(?:a?){900}(?:a?){900}(?:a?){900}", true);
        row("\\\\pL{30}", true);
        row("(\\\\pL{30}){30}", true);
    }
    void patternSize()
    {
        QFETCH(QString, pattern);
        QFETCH(bool, isTooLarge);
        const QString tooLarge =
            QStringLiteral("column %1: the pattern is too large; let it repeat less often or know fewer letters");
        const auto compiled = Expression::compile(QStringLiteral("'!'.matches('%1')").arg(pattern));
        QCOMPARE(compiled ? QString() : compiled.error().reason, isTooLarge ? tooLarge.arg(13) : QString());
        const QString computed = QStringLiteral("'!'.matches('' + '%1') || true").arg(pattern);
        QCOMPARE(outcome(computed, {}), QStringLiteral("true"));
        const QString told = outcome(computed.section(u'|', 0, 0), {});
        QCOMPARE(told.startsWith(u"column "), isTooLarge);
        QVERIFY2(!isTooLarge || told == tooLarge.arg(16), qPrintable(told));
    }

    void cost()
    {
        const QString text = QStringLiteral("[1, 2, 3].all(x, x > 0)");
        QCOMPARE(outcome(text, {.cost = 100}), QStringLiteral("true"));
        QCOMPARE(outcome(text, {.cost = 10}),
                 QStringLiteral("column 22: this expression takes too long; it was stopped after 10 steps"));
        // Whatever stands beside it: a spent budget is no error that || may overlook.
        QCOMPARE(outcome(QStringLiteral("[1, 2, 3].all(x, x > 0) || true"), {.cost = 10}),
                 QStringLiteral("column 18: this expression takes too long; it was stopped after 10 steps"));
    }

    // A message may be stored for each attempt and shown in many places, and its values come out of data.
    void messages_data()
    {
        QTest::addColumn<QString>("text"); // # is what makes 900,000 characters, @ a name of 5,000
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *text, const char *expected) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("map[#]", "there is no \"~\"");
        row("{1: 2}[#]", "there is no \"~\"");
        row("int(#)", "int() cannot take \"~\"");
        row("bool(#)", "bool() cannot take \"~\"");
        row("timestamp(#)", "\"~\" is no timestamp with a zone, such as 2026-01-31T08:30:00Z, from year 1 to 9999");
        row("duration(#)", "\"~\" is no duration, such as 1h30m or -0.5s, of at most 292 years");
        row("timestamp(0).getHours(#)", "there is no time zone \"~\"; write Europe/Berlin, UTC or +02:00");
        row("map.@", "there is no \"~\"");
        row("has(list.@)", "list has no field ~");
        row("@", "there is no variable ~");
        row("map.@(1)", "there is no function ~()");
        row("1 @", "~ was not expected here");
    }
    void messages()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const QString shown = QString(59, u'a') + u'…';
        text.replace(u'#', QStringLiteral("text")).replace(u'@', QString(5'000, u'a'));
        Expression::Variables context = largeContext(900'000);
        context[QStringLiteral("map")] = QJsonObject{{QStringLiteral("x"), 1}};
        const QString reason = outcome(text, {}, context);
        QCOMPARE(reason.section(QStringLiteral(": "), 1), expected.replace(u'~', shown));
    }
    void messagesOfPatterns()
    {
        const QString told = outcome(QStringLiteral("'a'.matches('(%1')").arg(QString(900, u'a')), {});
        QCOMPARE(told, QStringLiteral("column 13: the pattern cannot be read: missing ): (%1…").arg(QString(47, u'a')));
    }

    // Doubled each time: what takes a few steps to make would fill the memory once each part is written where it
    // belongs.
    void unfolding_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<QString>("inText"); // where the value is written into a text
        const auto row = [](const char *text, const char *expected, const char *inText) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(expected) << QString::fromUtf8(inText);
        };
        const char *values = "this makes JSON of more than 4000000 values";
        const char *characters = "this makes JSON of more than 64000000 characters";
        const char *textCharacters = "this makes JSON of more than 1000000 characters";
        row("%DOUBLED", values, textCharacters);
        row("{'a': %DOUBLED}", values, textCharacters);
        row("%DOUBLED.size()", "", "");
        row("[text].map(b, list.map(a, b))", characters, textCharacters);
        row("list.map(a, list)", values, textCharacters);
        row("list.map(a, {'a': [list], 'b': map})", values, textCharacters);
        row("[{text: 1}].map(b, list.map(a, b))", characters, textCharacters);
        row("[bytes(text)].map(b, list.map(a, b))", characters, textCharacters);
        row("list", "", "this makes a text of more than 1000000 characters");
        row("map", "", "this makes a text of more than 1000000 characters");
        row("list.map(a, [a])", "", textCharacters);
    }
    void unfolding()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QFETCH(QString, inText);
        text.replace(QStringLiteral("%DOUBLED"), QStringLiteral("[0]") + repeated(QStringLiteral(".map(a,[a,a])"), 60));
        Expression::Variables context = largeContext(20'000);
        QJsonArray list = context[QStringLiteral("list")].toArray();
        for (int i = 0; i < 70'000; ++i)
            list.append(QStringLiteral("sixteen letters."));
        context[QStringLiteral("list")] = list;
        context[QStringLiteral("map")] = QJsonObject{{QStringLiteral("list"), list}};
        // Without the column, which every error has.
        const auto reasonOf = [](const auto &result) {
            return result ? QStringLiteral("") : result.error().reason.section(QStringLiteral(": "), 1);
        };
        const auto expression = Expression::parse(text);
        QVERIFY(expression);
        QCOMPARE(reasonOf(expression->evaluate(context)), expected);
        const auto written = TemplateText::compile(QStringLiteral("in ${%1}").arg(text), nullptr);
        QCOMPARE(reasonOf(written->expand(context)), inText);
    }

    // Each of them may take a million steps; not all of a task's settings together as many.
    void settings_data()
    {
        QTest::addColumn<int>("texts");
        QTest::addColumn<int>("inEach");
        QTest::addColumn<QString>("field"); ///< where it stops
        QTest::newRow("few") << 2 << 2 << "";
        QTest::newRow("many texts") << 1'000 << 1 << "config.f";
        QTest::newRow("many in one text") << 1 << 1'000 << "config.f0";
    }
    void settings()
    {
        QFETCH(int, texts);
        QFETCH(int, inEach);
        QFETCH(QString, field);
        // About 200,000 steps.
        const QString one = QStringLiteral("${size(list.map(a, a + 1)) + size(list.map(a, a + 1))}");
        QJsonArray list;
        for (int i = 0; i < 20'000; ++i)
            list.append(i);
        QJsonObject config;
        for (int i = 0; i < texts; ++i)
            config.insert(QStringLiteral("f%1").arg(i), one.repeated(inEach));
        const auto settings = Template::compile(config, FieldPath(QStringLiteral("config")));
        QVERIFY(settings);
        const auto expanded = settings->expand({{QStringLiteral("list"), list}});
        const QString error = expanded ? QString() : expanded.error().text();
        QVERIFY2(field.isEmpty() || error.startsWith(field), qPrintable(error));
        QCOMPARE(error.section(QStringLiteral(": "), -1),
                 field.isEmpty() ? QString()
                                 : QStringLiteral("the expressions in this task's settings take too long together; "
                                                  "they were stopped after 5000000 steps"));
    }

    // Texts that repeat themselves, in which most ways to search go back and forth.
    void textSearch_data()
    {
        QTest::addColumn<QString>("part");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isIn");
        const QString many(900'000, u'a');
        const QString some(90'000, u'a');
        const QString pairs = QStringLiteral("ab").repeated(50'000);
        QTest::newRow("other first letter") << u'b' + some << many << false;
        QTest::newRow("other last letter") << some + u'b' << many << false;
        QTest::newRow("other letter in the middle") << some + u'b' + some << many << false;
        QTest::newRow("at the end") << some + u'b' << many + u'b' << true;
        QTest::newRow("after an overlap")
            << QStringLiteral("aab") + pairs << QStringLiteral("a") + QStringLiteral("aab") + pairs << true;
        QTest::newRow("in the other rhythm") << pairs + u'b' << pairs.repeated(9) << false;
        QTest::newRow("the same") << many << many << true;
        QTest::newRow("longer") << many + u'a' << many << false;
        QTest::newRow("nothing") << QStringLiteral("") << many << true;
    }
    void textSearch()
    {
        QFETCH(QString, part);
        QFETCH(QString, text);
        const auto expression = Expression::parse(QStringLiteral("text.contains(part)"));
        QElapsedTimer timer;
        timer.start();
        const auto found = expression->evaluateBool({{QStringLiteral("part"), part}, {QStringLiteral("text"), text}});
        QVERIFY(found);
        QTEST(*found, "isIn");
        // Going back and forth takes 20 s in an optimised program.
        QVERIFY2(timer.elapsed() < 2'000, qPrintable(QString::number(timer.elapsed())));
    }

    // Each is cheap to write and would take minutes or gigabytes without the meter.
    void expensive_data()
    {
        QTest::addColumn<QString>("text");
        const auto row = [](const char *text) { QTest::newRow(text) << QString::fromUtf8(text); };
        row("list.all(a, list.all(b, list.all(c, true)))");
        row("list.map(a, list.map(b, a + b))");
        row("list.all(a, list == list)");
        row("list.all(a, !(-1 in list))");
        row("list.all(a, (list + list).size() > 0)");
        row("list.map(a, text)");
        row("list.all(a, text.contains('b') == false)");
        row("list.all(a, text.matches('b*$'))");
        row("list.all(a, 'a'.matches('(' + string(a) + '){100}') == false)");
        row("list.all(a, text.matches('(?:a?){900}b') == false)");
        row("(text + text + text + text).matches('(?:a?){300}(?:a?){300}(?:a?){300}b')");
        row("list.all(a, 'a'.matches('(' + string(a) + '){1000}') || true)");
        row("list.all(a, 'a'.matches('(?i)' + string(a) + '([^x]{30}){30}') || true)");
        row("list.all(a, (text + text).contains('b' + text) == false)");
        row("[text + text].all(t, list.map(a, {t: 1}).size() > 0)");
        row("[text + text].all(t, [{t: 1}].all(m, list.all(a, m[t] == 1)))");
        row("[text + text].all(t, [{t: 1}].all(m, list.all(a, t in m)))");
        row("[text + text].all(t, [{t: 1}].all(m, list.all(a, m == m)))");
        row("[text + text].all(t, [{t: 1}].all(m, list.all(a, m.transformMap(k, v, v) != {})))");
        row("list.all(a, !(1 in texts))");
        row("list.all(a, texts != numbers)");
        row("list.all(a, {'a': texts} != {'a': numbers})");
        row("list.all(a, map != numberMap)");
        row("list.all(a, (texts + texts).size() > 0)");
        row("list.all(a, ([1] + texts).size() > 0)");
        row("list.all(a, texts.all(i, t, true))");
        row("list.all(a, map.all(k, v, true))");
        row("list.all(a, text < text + 'a')");
        row("list.all(a, size(text) > 0)");
        row("list.map(a, [text + 'a', text + 'b'])");
        row("list.all(a, list.transformMap(i, v, v).size() > 0)");
        row("list.transformMap(i, v, v).all(k, list.transformMap(i, v, v).exists(j, true))");
        row("list.all(a, timestamp(a).getHours('Europe/Berlin') >= 0)");
    }
    void expensive()
    {
        QFETCH(QString, text);
        QElapsedTimer timer;
        timer.start();
        const auto expression = Expression::parse(text);
        QVERIFY(expression);
        Expression::Variables context = largeContext(20'000);
        const QString longText(900'000, u'a');
        context[QStringLiteral("texts")] = QJsonArray{longText, longText, longText};
        context[QStringLiteral("numbers")] = QJsonArray{1, 2, 3};
        context[QStringLiteral("map")] = QJsonObject{{QStringLiteral("k"), longText}};
        context[QStringLiteral("numberMap")] = QJsonObject{{QStringLiteral("k"), 1}};
        const auto value = expression->evaluateValue(context);
        QVERIFY(!value);
        QVERIFY2(value.error().reason.contains(u"too long"), qPrintable(value.error().reason));
        // A hundred times what it needs in an optimised program; without the meter it would be hours.
        QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_GUILESS_MAIN(TestExpressionLimits)
#include "tst_expression_limits.moc"
