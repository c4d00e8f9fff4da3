// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "base/json_lines.h"
#include "base/json_writer.h"
#include "support/flow_test.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>

#include <limits>

using namespace flow;

class TestJson : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void parseValid_data();
    void parseValid();
    void parseInvalid_data();
    void parseInvalid();
    void reportsEveryDuplicateKey();
    void limitsBytesAndDepth();
    void agreesWithQt_data();
    void agreesWithQt();
    void lines_data();
    void lines();
    void linesAroundMissingValues();
    void write_data();
    void write();
    void numbersSurvive_data();
    void numbersSurvive();
    void ordersKeysAsTold();
    void excerpts_data();
    void excerpts();
    void bigTextsAreFast();
};

void TestJson::parseValid_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("compact");

    const auto row = [](const char *name, const char *text, const char *compact) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(compact);
    };
    row("null", "null", "null");
    row("true", " true ", "true");
    row("false", "\tfalse\r\n", "false");
    row("zero", "0", "0");
    row("minus zero", "-0", "0");
    row("whole", "42", "42");
    row("greatest", "9223372036854775807", "9223372036854775807");
    row("least", "-9223372036854775808", "-9223372036854775808");
    row("beyond the exact doubles", "9007199254740993", "9007199254740993");
    row("whole with fraction", "5.0", "5");
    row("whole with exponent", "1e3", "1000");
    row("fraction", "0.1", "0.1");
    row("negative fraction", "-2.5", "-2.5");
    row("exponent", "1.5E+10", "15000000000");
    row("negative exponent", "25e-3", "0.025");
    row("large double", "1e300", "1e+300");
    row("beyond 64 bits with exponent", "1.2345678901234567e19", "1.2345678901234567e+19");
    row("greatest double", "1.7976931348623157e308", "1.7976931348623157e+308");
    row("least double", "5e-324", "5e-324");
    row("smaller than any double", "1e-400", "0");
    row("many digits", "0.1000000000000000055511151231257827021181583404541015625", "0.1");
    row("empty text", "\"\"", "\"\"");
    row("text", "\"abc\"", "\"abc\"");
    row("escapes", R"("\"\\\/\b\f\n\r\t")", R"("\"\\/\b\f\n\r\t")");
    row("unicode escape", R"("\u00e9")", "\"\xc3\xa9\"");
    row("surrogate pair", R"("\ud83d\ude00")", "\"\xf0\x9f\x98\x80\"");
    row("zero character", R"("a\u0000b")", R"("a\u0000b")");
    row("raw UTF-8", "\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"", "\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"");
    row("delete character", "\"\x7f\"", "\"\x7f\"");
    row("empty list", "[]", "[]");
    row("empty object", "{ }", "{}");
    row("list", "[1, \"a\", null, [true]]", "[1,\"a\",null,[true]]");
    row("keys get sorted", R"({"b":1,"a":{"d":2,"c":3}})", R"({"a":{"c":3,"d":2},"b":1})");
    row("empty key", R"({"":1})", R"({"":1})");
    row("same key in different objects", R"([{"a":1},{"a":2}])", R"([{"a":1},{"a":2}])");
    row("same key inside", R"({"a":{"a":1}})", R"({"a":{"a":1}})");
    row("byte order mark", "\xEF\xBB\xBF{}", "{}");
}

void TestJson::parseValid()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, compact);
    const json::Parsed parsed = json::parse(text);
    QCOMPARE(flow::text(parsed.errors), QString());
    QCOMPARE(json::writeCompact(parsed.value), compact);
    QCOMPARE(json::parse(compact).value, parsed.value);
}

void TestJson::parseInvalid_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("message");

    const auto row = [](const char *name, const QByteArray &text, const char *message,
                        ErrorCode code = ErrorCode::Syntax) {
        QTest::newRow(name) << text << code << QString::fromUtf8(message);
    };
    row("nothing", "", "line 1: there is no JSON here, the text is empty (column 1)");
    row("blanks", " \n ", "line 2: there is no JSON here, the text is empty (column 2)");
    row("word", "{not json", "line 1: expected a key in double quotes (column 2)");
    row("NaN", "[NaN]", "line 1: expected a value (column 2)");
    row("Infinity", "Infinity", "line 1: expected a value (column 1)");
    row("half a word", "[tru]", "line 1: expected a value (column 5)");
    row("single quotes", "['a']", "line 1: expected a value (column 2)");
    row("comment", "// hello\n{}", "line 1: expected a value (column 1)");
    row("trailing comma in list", "[1,\n 2,\n]", "line 3: expected a value (column 1)");
    row("trailing comma in object", "{\"a\": 1,\n}", "line 2: expected a key in double quotes (column 1)");
    row("two values", "{} {}", "line 1: there is more text after the end of the JSON value (column 4)");
    row("rubbish after a zero byte", QByteArray("{}\0x", 4),
        "line 1: there is more text after the end of the JSON value (column 3)");
    row("no colon", "{\"a\" 1}", "line 1: expected a colon after the key (column 6)");
    row("no comma", "{\"a\": 1\n\"b\": 2}", "line 2: expected a comma or } (column 1)");
    row("no comma in list", "[1 2]", "line 1: expected a comma or ] (column 4)");
    row("object not closed", "{\"a\": [1]\n", "line 2: expected a comma or } (column 1)");
    row("wrong bracket", "[1}", "line 1: expected a comma or ] (column 3)");
    row("key without quotes", "{a: 1}", "line 1: expected a key in double quotes (column 2)");
    row("text not closed", "[\"abc]", "line 1: text in double quotes does not end (column 7)");
    row("unknown escape", "\"\\x\"", "line 1: unknown escape after a backslash (column 2)");
    row("bad hexadecimal", "\"\\u12g4\"", "line 1: expected four hexadecimal digits after \\u (column 2)");
    row("half a pair", "\"\\ud800\"", "line 1: text holds half of a \\u surrogate pair (column 2)");
    row("wrong half", "[\n\"\\udc00\"]", "line 2: [0]: text holds half of a \\u surrogate pair");
    row("wrong half in a key", "{\"\\udc00\": 1}", "line 1: text holds half of a \\u surrogate pair");
    row("leading zero", "01", "line 1: there is more text after the end of the JSON value (column 2)");
    row("leading plus", "+1", "line 1: expected a value (column 1)");
    row("leading point", ".5", "line 1: expected a value (column 1)");
    row("final point", "[1.]", "line 1: expected a digit after the decimal point (column 4)");
    row("no exponent", "[1e]", "line 1: expected a digit in the exponent (column 4)");
    row("hexadecimal", "0x10", "line 1: there is more text after the end of the JSON value (column 2)");
    row("too large", "[1,\n 1e999]", "line 2: number is too large (column 2)", ErrorCode::OutOfRange);
    row("slightly too large", "1.8e308", "line 1: 1.8e308: number is too large", ErrorCode::OutOfRange);
    row("beyond 64 bits", "{\"a\":\n 9223372036854775808}",
        "line 2: a = 9223372036854775808: whole number does not fit into 64 bits", ErrorCode::OutOfRange);
    row("below 64 bits", "[0, -9223372036854775809]",
        "line 1: [1] = -9223372036854775809: whole number does not fit into 64 bits", ErrorCode::OutOfRange);
    row("beyond unsigned 64 bits", "18446744073709551616",
        "line 1: 18446744073709551616: whole number does not fit into 64 bits", ErrorCode::OutOfRange);
    row("raw control character", "\"a\x01\"",
        "line 1: text in double quotes holds a raw line break or control character (column 3)");
    row("raw zero byte", QByteArray("\"a\0\"", 4),
        "line 1: text in double quotes holds a raw line break or control character (column 3)");
    row("raw line break", "[\"a\nb\"]",
        "line 1: text in double quotes holds a raw line break or control character (column 4)");
    row("invalid byte", "[\"\xff\"]", "line 1: text is not valid UTF-8 (column 3)");
    row("overlong", "\"\xc0\x80\"", "line 1: text is not valid UTF-8 (column 2)");
    row("surrogate in UTF-8", "\"\xed\xa0\x80\"", "line 1: text is not valid UTF-8 (column 2)");
    row("beyond Unicode", "\"\xf4\x90\x80\x80\"", "line 1: text is not valid UTF-8 (column 2)");
    row("cut character", "\"\xe2\x82\"", "line 1: text is not valid UTF-8 (column 2)");
    row("UTF-16", QByteArray("\xff\xfe{\0}\0", 6), "line 1: expected a value (column 1)");
    row("duplicate key", "{\"a\": 1,\n \"a\": 2}", "line 2: a: the key is there twice in one object",
        ErrorCode::DuplicateKey);
    row("duplicate key through an escape", "{\"a\": 1, \"\\u0061\": 2}",
        "line 1: a: the key is there twice in one object", ErrorCode::DuplicateKey);
    row("duplicate key deep inside", "[{},\n{\"x\": [{\"b\": 1,\n\"b\": 1}]}]",
        "line 3: [1].x[0].b: the key is there twice in one object", ErrorCode::DuplicateKey);
}

void TestJson::parseInvalid()
{
    QFETCH(QByteArray, text);
    QFETCH(ErrorCode, code);
    QFETCH(QString, message);
    const json::Parsed parsed = json::parse(text);
    QCOMPARE(flow::text(parsed.errors), message);
    QCOMPARE(parsed.errors.size(), 1);
    QCOMPARE(int(parsed.errors.front().code), int(code));
    QCOMPARE(parsed.value.isUndefined(), code != ErrorCode::DuplicateKey);
}

void TestJson::reportsEveryDuplicateKey()
{
    const json::Parsed parsed =
        json::parse("{\"a\": 1,\n \"b\": {\"x\": 1, \"x\": 2},\n \"a\": 2,\n \"a\": 3,\n \"c\": nonsense}");
    QCOMPARE(text(parsed.errors), QStringLiteral("line 2: b.x: the key is there twice in one object\n"
                                                 "line 5: expected a value (column 8)"));
    const json::Parsed whole = json::parse("{\"a\": 1,\n \"b\": {\"x\": 1, \"x\": 2},\n \"a\": 2,\n \"a\": 3}");
    QCOMPARE(text(whole.errors), QStringLiteral("line 2: b.x: the key is there twice in one object\n"
                                                "line 3: a: the key is there twice in one object\n"
                                                "line 4: a: the key is there twice in one object"));
    QCOMPARE(json::writeCompact(whole.value), QByteArray(R"({"a":1,"b":{"x":1}})"));
}

void TestJson::limitsBytesAndDepth()
{
    QCOMPARE(json::parse("[1]", {.bytes = 3}).errors.size(), 0);
    const json::Parsed large = json::parse("[12]", {.bytes = 3});
    QCOMPARE(text(large.errors), QStringLiteral("is larger than 3 bytes"));
    QCOMPARE(int(large.errors.front().code), int(ErrorCode::TooLarge));
    QCOMPARE(text(json::parse(QByteArray(64 * 1024 * 1024 + 1, ' ')).errors), QStringLiteral("is larger than 64 MiB"));

    QCOMPARE(json::parse(QByteArray(200, '[') + QByteArray(200, ']')).errors.size(), 0);
    const json::Parsed deep = json::parse(QByteArray(201, '[') + QByteArray(201, ']'));
    QCOMPARE(deep.errors.size(), 1);
    QCOMPARE(int(deep.errors.front().code), int(ErrorCode::TooDeep));
    QCOMPARE(deep.errors.front().reason, QStringLiteral("lists and objects are nested deeper than 200 levels"));
    const json::Parsed objects = json::parse("{\"a\":\n{\"b\":\n{}}}", {.depth = 2});
    QCOMPARE(text(objects.errors), QStringLiteral("line 3: a.b: lists and objects are nested deeper than 2 levels"));
    QCOMPARE(json::parse(QByteArray(5'000'000, '[')).errors.size(), 1);
}

void TestJson::agreesWithQt_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("mixed") << QByteArray(R"({"a":[1,2.5,"x",{"b":null,"c":[true,false]}],"z":"\u00e9\n"})");
    QTest::newRow("keys in any script") << QByteArray(
        "{\"\xc3\xa9\":1,\"z\":2,\"\xc3\xa4\":3,\"\xf0\x9f\x98\x80\":4,\"\xef\xbf\xbd\":5,\"Z\":6}");
    QTest::newRow("numbers") << QByteArray("[0,-1,1e10,1e-10,123456789012345678,0.30000000000000004]");
}

void TestJson::agreesWithQt()
{
    QFETCH(QByteArray, text);
    const QJsonDocument document = QJsonDocument::fromJson(text);
    const QJsonValue wanted = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    const json::Parsed parsed = json::parse(text);
    QCOMPARE(json::writeCompact(parsed.value), json::writeCompact(wanted));
    QCOMPARE(json::parse(json::write(wanted)).value, parsed.value);
}

void TestJson::lines_data()
{
    QTest::addColumn<FieldPath>("path");
    QTest::addColumn<int>("exact");
    QTest::addColumn<int>("around");

    const FieldPath root;
    const auto at = [](const char *key) { return FieldPath(QString::fromLatin1(key)); };
    QTest::newRow("root") << root << 1 << 1;
    QTest::newRow("text") << at("name") << 2 << 2;
    QTest::newRow("object") << at("flow") << 3 << 3;
    QTest::newRow("list") << at("flow") / QStringLiteral("tasks") << 4 << 4;
    QTest::newRow("first item") << at("flow") / QStringLiteral("tasks") / 0 << 5 << 5;
    QTest::newRow("member of item") << at("flow") / QStringLiteral("tasks") / 1 / QStringLiteral("b") << 8 << 8;
    QTest::newRow("after blank lines") << at("last") << 14 << 14;
    QTest::newRow("missing member") << at("flow") / QStringLiteral("id") << 0 << 3;
    QTest::newRow("missing item") << at("flow") / QStringLiteral("tasks") / 7 << 0 << 4;
    QTest::newRow("missing in item") << at("flow") / QStringLiteral("tasks") / 1 / QStringLiteral("x") / 3 << 0 << 6;
    QTest::newRow("step into text") << at("name") / QStringLiteral("x") << 0 << 2;
    QTest::newRow("index into object") << at("flow") / 0 << 0 << 3;
    QTest::newRow("missing at root") << at("zzz") << 0 << 1;
}

static const QByteArray linedText =
    "{\n\"name\": \"a\\nb\",\n\"flow\": {\n\"tasks\": [\n{},\n{\"a\": 1,\n\"b\":\n2}\n]\n},\n\n\n\"last\":\n  null}";

void TestJson::lines()
{
    QFETCH(FieldPath, path);
    QFETCH(int, exact);
    QFETCH(int, around);
    QCOMPARE(json::lineOf(linedText, path), exact);
    QCOMPARE(json::linesAround(linedText, {path}), QList<int>{around});
}

void TestJson::linesAroundMissingValues()
{
    const QList<FieldPath> paths = {
        FieldPath(QStringLiteral("last")), {}, FieldPath(QStringLiteral("name")), FieldPath(QStringLiteral("name"))};
    QCOMPARE(json::linesAround(linedText, paths), (QList<int>{14, 1, 2, 2}));
    QCOMPARE(json::linesAround(QByteArray(), paths), (QList<int>{0, 0, 0, 0}));
    QCOMPARE(json::linesAround(linedText, {}), QList<int>());
    QCOMPARE(json::lineOf("{\"a\":\n 1,\n \"b\" 2}", FieldPath(QStringLiteral("a"))), 2); // broken behind it
}

void TestJson::write_data()
{
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("scalar") << QJsonValue(3) << QByteArray("3\n");
    QTest::newRow("undefined") << QJsonValue(QJsonValue::Undefined) << QByteArray("null\n");
    QTest::newRow("empty list") << QJsonValue(QJsonArray()) << QByteArray("[]\n");
    QTest::newRow("empty object") << QJsonValue(QJsonObject()) << QByteArray("{}\n");
    QTest::newRow("list") << QJsonValue(QJsonArray{1, QJsonArray(), QJsonArray{2}})
                          << QByteArray("[\n  1,\n  [],\n  [\n    2\n  ]\n]\n");
    QTest::newRow("object") << QJsonValue(QJsonObject{{QStringLiteral("b"), 1},
                                                      {QStringLiteral("a"), QJsonObject{{QStringLiteral("x"), true}}}})
                            << QByteArray("{\n  \"a\": {\n    \"x\": true\n  },\n  \"b\": 1\n}\n");
    QTest::newRow("not a number") << QJsonValue(std::numeric_limits<double>::quiet_NaN()) << QByteArray("null\n");
    QTest::newRow("infinity") << QJsonValue(std::numeric_limits<double>::infinity()) << QByteArray("null\n");
    QTest::newRow("control characters") << QJsonValue(QStringLiteral("\x01\x1f")) << QByteArray("\"\\u0001\\u001f\"\n");
}

void TestJson::write()
{
    QFETCH(QJsonValue, value);
    QFETCH(QByteArray, text);
    QCOMPARE(json::write(value), text);
}

void TestJson::numbersSurvive_data()
{
    QTest::addColumn<double>("number");
    for (const double number :
         {0.1, 1.0 / 3, 1e15, 1e16 + 2, 1e17, 9007199254740992.0, 9223372036854775808.0, 1e19, 1.2345678901234567e19,
          123456789012345680000.0, 1e21, 1e22, 5e-324, 1.7976931348623157e308, -2.5e-7, 4e200, -1e18}) {
        QTest::addRow("%.17g", number) << number;
    }
}

void TestJson::numbersSurvive()
{
    QFETCH(double, number);
    const QByteArray text = json::writeCompact(number);
    const json::Parsed parsed = json::parse(text);
    QCOMPARE(flow::text(parsed.errors), QString());
    QVERIFY2(parsed.value.toDouble() == number, text.constData());
    QCOMPARE(json::writeCompact(parsed.value), text);
}

void TestJson::ordersKeysAsTold()
{
    JsonWriter writer(JsonWriter::Style::Indented);
    writer.beginObject();
    writer.member(QStringLiteral("z"), 1);
    writer.key(QStringLiteral("list"));
    writer.beginList();
    writer.value(QStringLiteral("a"));
    writer.beginObject();
    writer.endObject();
    writer.lineValue(QJsonObject{{QStringLiteral("x"), 1}, {QStringLiteral("y"), QJsonArray{1, 2}}});
    writer.endList();
    writer.key(QStringLiteral("a"));
    writer.lineValue(QJsonObject());
    writer.endObject();
    QCOMPARE(writer.take(), QByteArray("{\n  \"z\": 1,\n  \"list\": [\n    \"a\",\n    {},\n    {\"x\": 1, \"y\": [1, "
                                       "2]}\n  ],\n  \"a\": {}\n}\n"));
}

void TestJson::excerpts_data()
{
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("excerpt");

    QTest::newRow("text") << QJsonValue(QStringLiteral("x")) << QStringLiteral("\"x\"");
    QTest::newRow("object") << QJsonValue(QJsonObject{{QStringLiteral("a"), 1}}) << QStringLiteral("{\"a\":1}");
    QTest::newRow("58 characters") << QJsonValue(QString(58, u'a')) << u'"' + QString(58, u'a') + u'"';
    QTest::newRow("59 characters") << QJsonValue(QString(59, u'a')) << u'"' + QString(58, u'a') + u'…';
    QTest::newRow("very long") << QJsonValue(QString(10'000'000, u'a')) << u'"' + QString(58, u'a') + u'…';
    QTest::newRow("pair at the end") << QJsonValue(QString(57, u'a') + QStringLiteral("\U0001F600bc"))
                                     << u'"' + QString(57, u'a') + u'…';
    QJsonArray list;
    for (int i = 0; i < 100'000; ++i)
        list << 1;
    QTest::newRow("long list") << QJsonValue(list) << u'[' + QStringLiteral("1,").repeated(29) + u'…';
}

void TestJson::excerpts()
{
    QFETCH(QJsonValue, value);
    QFETCH(QString, excerpt);
    QCOMPARE(json::excerpt(value), excerpt);
    QVERIFY(json::excerpt(value).size() <= 60);
}

/// Nothing may take quadratic time: each of these would then take minutes.
void TestJson::bigTextsAreFast()
{
    QByteArray keys = "{";
    QByteArray duplicates = "{";
    QByteArray nested = "[";
    for (int i = 0; i < 300'000; ++i) {
        keys += "\"" + QByteArray::number((i * 7919LL) % 300'007) + "\": " + QByteArray::number(i) + ",\n";
        duplicates += "\"a\": 1,\n";
        nested += "{\"name\": \"x\", \"list\": [1, 2, 3]},\n";
    }
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(json::parse(keys + "\"z\": 0}").errors.size(), 0);
    QCOMPARE(json::parse(duplicates + "\"b\": 0}").errors.size(), 1000);
    const json::Parsed parsed = json::parse(nested + "0]");
    QCOMPARE(parsed.errors.size(), 0);
    QCOMPARE(json::parse(json::write(parsed.value)).value, parsed.value);
    QVERIFY2(timer.elapsed() < 60'000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
