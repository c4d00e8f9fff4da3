// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression_rows.h"
#include "support/flow_test.h"

using namespace flow;

namespace {

const ExpressionRow macrosRows[] = {
    {"[1, 2, 3].all(x, x > 0)", "true"},
    {"[1, 2, 3].all(x, x > 1)", "false"},
    {"[].all(x, false)", "true"},
    {"[1, 2, 3].exists(x, x == 2)", "true"},
    {"[1, 2, 3].exists(x, x == 4)", "false"},
    {"[].exists(x, true)", "false"},
    {"[1, 2, 3].exists_one(x, x > 2)", "true"},
    {"[1, 2, 3].exists_one(x, x > 1)", "false"},
    {"[1, 2, 3].existsOne(x, x == 1)", "true"},
    {"[1, 2, 3].map(x, x * 2)", "[2, 4, 6]"},
    {"[1, 2, 3].map(x, x > 1, x * 2)", "[4, 6]"},
    {"[1, 2, 3].filter(x, x % 2 == 1)", "[1, 3]"},
    {"[1, 0, 2].exists(x, 1 / x == 1)", "true"},
    {"[0, 1].exists(x, 1 / x == 1)", "true"},
    {"[0, 1].all(x, 1 / x == 5)", "false"},
    {R"({"a": 1, "b": 2}.all(k, k < "c"))", "true"},
    {R"({"b": 1, "a": 2}.map(k, k))", R"(["b", "a"])"},
    {R"({"b": 1, "a": 2}.filter(k, k == "a"))", R"(["a"])"},
    {R"({"a": 1, "b": 2}.exists(k, v, v == 2))", "true"},
    {R"({"a": 1, "b": 2}.all(k, v, v == 2))", "false"},
    {"[5, 6].exists(i, v, i == 1 && v == 6)", "true"},
    {"[5, 6].existsOne(i, v, v > 4)", "false"},
    {"[5, 6].transformList(i, v, i + v)", "[5, 7]"},
    {"[5, 6].transformList(i, v, v > 5, i)", "[1]"},
    {R"({"a": 1}.transformList(k, v, k))", R"(["a"])"},
    {R"({"a": 1, "b": 2}.transformMap(k, v, v * 10))", R"({"a": 10, "b": 20})"},
    {R"({"a": 1, "b": 2}.transformMap(k, v, v > 1, v * 10))", R"({"b": 20})"},
    {"[5, 6].transformMap(i, v, v + i)", "{0: 5, 1: 7}"},
    {R"({"a": 1, "b": 2}.transformMapEntry(k, v, {v: k}))", R"({1: "a", 2: "b"})"},
    {R"(["x", "y"].transformMapEntry(i, v, v != "x", {v: i}))", R"({"y": 1})"},
    {"input.people.filter(p, p.age >= 18).map(p, p.name)", R"(["Ada"])"},
    {R"(input.people.exists(p, p.name == "Bo"))", "true"},
    {"input.people.map(input, input.name)", R"(["Ada", "Bo"])"},
    {"input.tags.map(t, .input.count)", "[3, 3, 3]"},
    {"[[1, 2], [3]].map(l, l.map(x, x + 1))", "[[2, 3], [4]]"},
    {"[1, 2].map(x, [3, 4].map(y, x * y))", "[[3, 4], [6, 8]]"},
    {"[1, 2].map(x, [x].map(x, x + 10)[0] + x)", "[12, 14]"},
    {R"(input.tags.map(t, t + "!"))", R"(["a!", "b!", "c!"])"},
    {"tasks.all(name, has(tasks[name].status))", "true"},
};

const ExpressionRow textRows[] = {
    {R"(size(""))", "0"},
    {R"(size("abc"))", "3"},
    {R"(size("πέντε"))", "5"},
    {R"(size("😀"))", "1"},
    {R"("abc".size())", "3"},
    {"size([1, 2])", "2"},
    {"[1, 2].size()", "2"},
    {R"(size({"a": 1}))", "1"},
    {R"(size(b"abc"))", "3"},
    {"size(input.tags)", "3"},
    {"size(input)", "11"},
    {R"("hello".contains("ell"))", "true"},
    {R"("hello".contains(""))", "true"},
    {R"("hello".contains("xyz"))", "false"},
    {R"("hello".startsWith("he"))", "true"},
    {R"("hello".startsWith("lo"))", "false"},
    {R"("hello".endsWith("lo"))", "true"},
    {R"("hello".endsWith("he"))", "false"},
    {R"("hello".matches("l+"))", "true"},
    {R"("hello".matches("^l"))", "false"},
    {R"("hello".matches("^h.*o$"))", "true"},
    {R"(matches("hello", "e"))", "true"},
    {R"("ABC".matches("(?i)abc"))", "true"},
    {R"("😀".matches("^.$"))", "true"},
    {"\"a\\nb\".matches(\"a.b\")", "false"},
    {R"(input.day.matches("^(mon|tues)day$"))", "true"},
    {"input.day.matches(input.day)", "true"},
};

const ExpressionRow conversionRows[] = {
    {R"(int("42"))", "42"},
    {R"(int("-42"))", "-42"},
    {R"(int("+7"))", "7"},
    {"int(3.9)", "3"},
    {"int(-3.9)", "-3"},
    {"int(7u)", "7"},
    {"int(5)", "5"},
    {R"(int(timestamp("1970-01-01T00:01:00Z")))", "60"},
    {R"(uint("42"))", "42u"},
    {"uint(42)", "42u"},
    {"uint(3.9)", "3u"},
    {"uint(1u)", "1u"},
    {R"(double("1.5"))", "1.5"},
    {R"(double("-1e3"))", "-1000.0"},
    {R"(double("NaN"))", "NaN"},
    {R"(double("Infinity"))", "Infinity"},
    {R"(double("-Infinity"))", "-Infinity"},
    {"double(3)", "3.0"},
    {"double(3u)", "3.0"},
    {"double(1.5)", "1.5"},
    {"string(-0.0)", "\"-0\""},
    {"string(0.0)", "\"0\""},
    {"string(42)", R"("42")"},
    {"string(42u)", R"("42")"},
    {"string(1.0)", R"("1")"},
    {"string(0.1)", R"("0.1")"},
    {"string(1e100)", R"("1e+100")"},
    {"string(1e-7)", R"("1e-07")"},
    {"string(123456789012.5)", R"("123456789012.5")"},
    {"string(true)", R"("true")"},
    {R"(string("x"))", R"("x")"},
    {R"(string(b"abc"))", R"("abc")"},
    {R"(string(timestamp("2026-01-31T08:30:00.500Z")))", R"("2026-01-31T08:30:00.5Z")"},
    {R"(string(duration("90m")))", R"("5400s")"},
    {"string(input.count)", R"("3")"},
    {"string(input.big)", R"("9007199254740993")"},
    {R"(bytes("é"))", R"(b"c3a9")"},
    {R"(bytes(b"a"))", R"(b"61")"},
    {R"(bool("true"))", "true"},
    {R"(bool("F"))", R"(column 1: bool() cannot take "F")"},
    {R"(bool("1"))", "true"},
    {"bool(true)", "true"},
    {"type(1)", "type int"},
    {"type(1u)", "type uint"},
    {"type(1.0)", "type double"},
    {R"(type(""))", "type string"},
    {R"(type(b""))", "type bytes"},
    {"type(null)", "type null_type"},
    {"type(true)", "type bool"},
    {"type([])", "type list"},
    {"type({})", "type map"},
    {"type(type(1))", "type type"},
    {"type(timestamp(0)) == google.protobuf.Timestamp", "true"},
    {R"(type(duration("1s")) == google.protobuf.Duration)", "true"},
    {"type(input.count)", "type int"},
    {"type(input.whole)", "type int"},
    {"type(input.ratio)", "type double"},
    {"type(input.people)", "type list"},
    {"type(input)", "type map"},
    {R"(dyn(1) == "1")", "false"},
    {"null_type == type(null)", "true"},
};

const ExpressionRow timeRows[] = {
    {R"(timestamp("2026-01-31T08:30:00Z"))", "timestamp 2026-01-31T08:30:00Z"},
    {R"(timestamp("2026-01-31T08:30:00.123456789Z"))", "timestamp 2026-01-31T08:30:00.123456789Z"},
    {R"(timestamp("2026-01-31T08:30:00+02:00"))", "timestamp 2026-01-31T06:30:00Z"},
    {R"(timestamp("2026-01-31T23:30:00-05:30"))", "timestamp 2026-02-01T05:00:00Z"},
    {"timestamp(0)", "timestamp 1970-01-01T00:00:00Z"},
    {"timestamp(1767225600)", "timestamp 2026-01-01T00:00:00Z"},
    {R"(timestamp("2024-02-29T00:00:00Z"))", "timestamp 2024-02-29T00:00:00Z"},
    {"timestamp(timestamp(5))", "timestamp 1970-01-01T00:00:05Z"},
    {R"(duration("1h30m"))", "duration 5400s"},
    {R"(duration("-1.5s"))", "duration -1.5s"},
    {R"(duration("100ms"))", "duration 0.1s"},
    {R"(duration("5us"))", "duration 0.000005s"},
    {R"(duration("7ns"))", "duration 0.000000007s"},
    {R"(duration("1h2m3.5s"))", "duration 3723.5s"},
    {R"(duration("0"))", "duration 0s"},
    {R"(duration(".5s"))", "duration 0.5s"},
    {R"(duration("+2s"))", "duration 2s"},
    {R"(timestamp("2026-01-31T08:30:00Z") + duration("24h"))", "timestamp 2026-02-01T08:30:00Z"},
    {R"(duration("1s") + timestamp(0))", "timestamp 1970-01-01T00:00:01Z"},
    {R"(timestamp("2026-01-01T00:00:00Z") - duration("1ns"))", "timestamp 2025-12-31T23:59:59.999999999Z"},
    {R"(timestamp("2026-01-02T00:00:00Z") - timestamp("2026-01-01T00:00:00Z"))", "duration 86400s"},
    {R"(duration("1h") + duration("30m"))", "duration 5400s"},
    {R"(duration("1h") - duration("90m"))", "duration -1800s"},
    {R"(duration("60s") == duration("1m"))", "true"},
    {R"(duration("59s") < duration("1m"))", "true"},
    {R"(timestamp("2026-01-01T00:00:00Z") < timestamp("2026-01-01T00:00:00.001Z"))", "true"},
    {R"(timestamp("2026-01-01T02:00:00+02:00") == timestamp("2026-01-01T00:00:00Z"))", "true"},
    {R"(timestamp("2026-02-03T04:05:06.789Z").getFullYear())", "2026"},
    {R"(timestamp("2026-02-03T04:05:06.789Z").getMonth())", "1"},
    {R"(timestamp("2026-02-03T04:05:06.789Z").getDate())", "3"},
    {R"(timestamp("2026-02-03T04:05:06.789Z").getDayOfMonth())", "2"},
    {R"(timestamp("2026-02-03T04:05:06.789Z").getDayOfWeek())", "2"},
    {R"(timestamp("2026-02-03T04:05:06.789Z").getDayOfYear())", "33"},
    {R"(timestamp("2026-02-03T04:05:06.789Z").getHours())", "4"},
    {R"(timestamp("2026-02-03T04:05:06.789Z").getMinutes())", "5"},
    {R"(timestamp("2026-02-03T04:05:06.789Z").getSeconds())", "6"},
    {R"(timestamp("2026-02-03T04:05:06.789Z").getMilliseconds())", "789"},
    {R"(timestamp("2026-02-03T04:05:06Z").getHours("Europe/Berlin"))", "5"},
    {R"(timestamp("2026-07-03T04:05:06Z").getHours("Europe/Berlin"))", "6"},
    {R"(timestamp("2026-02-03T04:05:06Z").getDate("America/Los_Angeles"))", "2"},
    {R"(timestamp("2026-02-03T04:05:06Z").getMinutes("+05:30"))", "35"},
    {R"(timestamp("2026-02-03T04:05:06Z").getHours("-05:00"))", "23"},
    {R"(timestamp("2026-02-03T04:05:06Z").getHours("UTC"))", "4"},
    {R"(timestamp("1965-01-01T00:00:00.5Z").getMilliseconds())", "500"},
    {R"(duration("3h5m").getHours())", "3"},
    {R"(duration("3h5m").getMinutes())", "185"},
    {R"(duration("3h5m").getSeconds())", "11100"},
    {R"(duration("1.234s").getMilliseconds())", "234"},
    {R"(duration("-90s").getMinutes())", "-1"},
};

} // namespace

// The values of macros and functions.
class TestExpressionLibrary : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void macros_data() { addRows(macrosRows); }
    void macros() { compare(); }
    void text_data() { addRows(textRows); }
    void text() { compare(); }
    void conversion_data() { addRows(conversionRows); }
    void conversion() { compare(); }
    void time_data() { addRows(timeRows); }
    void time() { compare(); }

private:
    static void compare()
    {
        QFETCH(QString, text);
        QTEST(outcomeOf(text), "outcome");
    }
};

QTEST_GUILESS_MAIN(TestExpressionLibrary)
#include "tst_expression_library.moc"
