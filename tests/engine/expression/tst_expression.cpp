// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression_rows.h"
#include "support/flow_test.h"

using namespace flow;

namespace {

const ExpressionRow literalsRows[] = {
    {"0", "0"},
    {"-0", "0"},
    {"42", "42"},
    {"-42", "-42"},
    {"0x1F", "31"},
    {"-0x10", "-16"},
    {"9223372036854775807", "9223372036854775807"},
    {"-9223372036854775808", "-9223372036854775808"},
    {"7u", "7u"},
    {"0xFFu", "255u"},
    {"18446744073709551615u", "18446744073709551615u"},
    {"1.5", "1.5"},
    {".5", "0.5"},
    {"-2.5e-3", "-0.0025"},
    {"1e3", "1000.0"},
    {"2E+2", "200.0"},
    {"true", "true"},
    {"false", "false"},
    {"null", "null"},
    {R"("hello")", R"("hello")"},
    {"'it\\'s'", "\"it's\""},
    {"\"a\\tb\\nc\"", "\"a\\tb\\nc\""},
    {"\"\\x41\\101\\u0041\\U00000041\"", R"("AAAA")"},
    {"\"\\U0001F600\"", R"("😀")"},
    {"r\"\\d+\\n\"", "\"\\\\d+\\\\n\""},
    {"R'a\\b'", "\"a\\\\b\""},
    {"'''one\ntwo'''", "\"one\\ntwo\""},
    {"'''a\r\nb\rc\n\r\nd'''", "\"a\\nb\\nc\\n\\nd\""},
    {"r'''a\r\nb'''", "\"a\\nb\""},
    {"'''a\r\nb''' == '''a\nb'''", "true"},
    {"'a\\r\\nb' == 'a' + string(b'\\x0d\\x0a') + 'b'", "true"},
    {"\"\"\"say \"hi\" now\"\"\"", "\"say \\\"hi\\\" now\""},
    {R"(b"abc")", R"(b"616263")"},
    {"b'''a\r\nb'''", R"(b"610a62")"},
    {"b'\\x00\\xff'", R"(b"00ff")"},
    {R"(b"ÿ")", R"(b"c3bf")"},
    {"B'''a\nb'''", R"(b"610a62")"},
    {"br'\\x00'", R"(b"5c783030")"},
    {"[]", "[]"},
    {"[,]", "[]"},
    {"{,}", "{}"},
    {"[1, 2, 3]", "[1, 2, 3]"},
    {R"([1, "a", null,])", R"([1, "a", null])"},
    {"{}", "{}"},
    {R"({"a": 1, "b": [2]})", R"({"a": 1, "b": [2]})"},
    {R"({1: "x", true: "y", 2u: "z",})", R"({1: "x", true: "y", 2u: "z"})"},
    {"1 + 1 // a comment", "2"},
    {"// first\n2", "2"},
};

const ExpressionRow arithmeticRows[] = {
    {"1 + 2", "3"},
    {"7 - 10", "-3"},
    {"6 * 7", "42"},
    {"7 / 2", "3"},
    {"-7 / 2", "-3"},
    {"7 % 3", "1"},
    {"-7 % 3", "-1"},
    {"7u + 1u", "8u"},
    {"7u - 1u", "6u"},
    {"7u * 2u", "14u"},
    {"7u / 2u", "3u"},
    {"7u % 2u", "1u"},
    {"1.5 + 2.5", "4.0"},
    {"1.5 - 2.5", "-1.0"},
    {"1.5 * 2.0", "3.0"},
    {"1.0 / 4.0", "0.25"},
    {"1.0 / 0.0", "Infinity"},
    {"-1.0 / 0.0", "-Infinity"},
    {"0.0 / 0.0", "NaN"},
    {"1 + 1.5", "2.5"},
    {"1.5 + 1", "2.5"},
    {"3 - 0.5", "2.5"},
    {"2 * 1.5", "3.0"},
    {"3 / 2.0", "1.5"},
    {"1.0 / 4", "0.25"},
    {"2 + 3 * 4", "14"},
    {"(2 + 3) * 4", "20"},
    {"10 - 2 - 3", "5"},
    {"100 / 10 / 2", "5"},
    {"2 * 3 % 4", "2"},
    {"--3", "3"},
    {"-(-3)", "3"},
    {"-input.count", "-3"},
    {"-input.ratio", "-0.5"},
    {R"("a" + "b")", R"("ab")"},
    {R"("a" + "b" + "c")", R"("abc")"},
    {R"(b"a" + b"b")", R"(b"6162")"},
    {"[1] + [2, 3]", "[1, 2, 3]"},
    {"[] + []", "[]"},
    {R"(input.tags + ["d"])", R"(["a", "b", "c", "d"])"},
    {"input.count + 1", "4"},
    {"input.count + input.ratio", "3.5"},
    {"input.whole + 1", "3"},
    {"input.big + 1", "9007199254740994"},
};

const ExpressionRow comparisonRows[] = {
    {"1 == 1", "true"},
    {"1 == 2", "false"},
    {"1 != 2", "true"},
    {"1 == 1.0", "true"},
    {"1u == 1", "true"},
    {"1u == 1.0", "true"},
    {"1 == 1.5", "false"},
    {R"("a" == "a")", "true"},
    {R"("a" == "A")", "false"},
    {R"("a" != "b")", "true"},
    {R"(b"a" == b"a")", "true"},
    {"true == true", "true"},
    {"null == null", "true"},
    {"input.nothing == null", "true"},
    {"input.day == null", "false"},
    {R"(input.count == "3")", "false"},
    {"[1, 2] == [1, 2]", "true"},
    {"[1, 2] == [1.0, 2u]", "true"},
    {"[1, 2] == [2, 1]", "false"},
    {"[1] == [1, 2]", "false"},
    {R"({"a": 1} == {"a": 1.0})", "true"},
    {R"({"a": 1, "b": 2} == {"b": 2, "a": 1})", "true"},
    {R"({"a": 1} == {"b": 1})", "false"},
    {R"({"a": 1} == {"a": 2})", "false"},
    {"{1: 2} == {1u: 2}", "true"},
    {R"([[1], {"a": [2]}] == [[1], {"a": [2]}])", "true"},
    {R"(input.tags == ["a", "b", "c"])", "true"},
    {R"(["a", "b", "c"] == input.tags)", "true"},
    {R"(input.people[0] == {"name": "Ada", "age": 36})", "true"},
    {"1 < 2", "true"},
    {"2 <= 2", "true"},
    {"3 > 2", "true"},
    {"2 >= 3", "false"},
    {"1 < 1.5", "true"},
    {"1u < 2", "true"},
    {"-1 < 0u", "true"},
    {"1.5 > 1", "true"},
    {R"("a" < "b")", "true"},
    {R"("abc" < "abd")", "true"},
    {R"("Z" < "a")", "true"},
    {"\"\\uffee\" < \"\\U0001F600\"", "true"},
    {R"(b"a" < b"b")", "true"},
    {"false < true", "true"},
    {"0.0/0.0 == 0.0/0.0", "false"},
    {"0.0/0.0 != 0.0/0.0", "true"},
    {"0.0/0.0 < 1.0", "false"},
    {"1.0 >= 0.0/0.0", "false"},
    {"9223372036854775807 < 9223372036854775808u", "true"},
    {"9223372036854775807 == 9223372036854775807.0", "true"},
    {"int == type(1)", "true"},
    {"1 < 2 == true", "true"},
};

const ExpressionRow logicRows[] = {
    {"true && true", "true"},
    {"true && false", "false"},
    {"false || true", "true"},
    {"false || false", "false"},
    {"!true", "false"},
    {"!!true", "true"},
    {"!false && true", "true"},
    {"true || 1/0 == 1", "true"},
    {"1/0 == 1 || true", "true"},
    {"false && 1/0 == 1", "false"},
    {"1/0 == 1 && false", "false"},
    {"true || false && false", "true"},
    {"(true || false) && false", "false"},
    {"true ? 1 : 2", "1"},
    {"false ? 1 : 2", "2"},
    {"true ? 1 : 1/0", "1"},
    {"false ? 1/0 : 2", "2"},
    {R"(1 > 2 ? "a" : 2 > 1 ? "b" : "c")", R"("b")"},
    {R"(input.yes ? "on" : "off")", R"("on")"},
    {"input.missing == 1 || true", "true"},
    {"has(input.missing) && input.missing == 1", "false"},
    {"true && true && true && true && false", "false"},
    {"false || false || false || true", "true"},
};

const ExpressionRow membershipRows[] = {
    {"1 in [1, 2]", "true"},          {"3 in [1, 2]", "false"},          {"1.0 in [1, 2]", "true"},
    {R"("a" in input.tags)", "true"}, {R"("z" in input.tags)", "false"}, {R"("a" in {"a": 1})", "true"},
    {R"("b" in {"a": 1})", "false"},  {"1 in {1u: 2}", "true"},          {"1.5 in {1: 2}", "false"},
    {R"("day" in input)", "true"},    {R"("night" in input)", "false"},  {"null in [1, null]", "true"},
    {"[1] in [[1], [2]]", "true"},    {R"(!("x" in []))", "true"},       {R"(b"" in {"a": 1})", "false"},
};

const ExpressionRow accessRows[] = {
    {"input.day", R"("monday")"},
    {R"(input["day"])", R"("monday")"},
    {"input.count", "3"},
    {"input.ratio", "0.5"},
    {"input.whole", "2"},
    {"input.big", "9007199254740993"},
    {"input.nothing", "null"},
    {"input.yes", "true"},
    {"input.tags", R"(["a", "b", "c"])"},
    {"input.tags[0]", R"("a")"},
    {"input.tags[2]", R"("c")"},
    {"input.tags[2u]", R"("c")"},
    {"input.tags[1.0]", R"("b")"},
    {"input.people[1].name", R"("Bo")"},
    {R"(input.people[0]["age"])", "36"},
    {"input.`with space`", "1"},
    {R"(input["with" + " " + "space"])", "1"},
    {"tasks.fetch.status", R"("success")"},
    {R"(tasks.fetch.data.count > 0 && input.day != "")", "true"},
    {R"(tasks["load"].error)", R"("disk full")"},
    {"tasks.fetch.data.rows", R"([1, 2.5, "x", null])"},
    {R"({"a": {"b": [10, 20]}}.a.b[1])", "20"},
    {R"({"as": 1}.as)", "1"},
    {R"({1: "one"}[1])", R"("one")"},
    {R"({1: "one"}[1u])", R"("one")"},
    {R"({1: "one"}[1.0])", R"("one")"},
    {R"({true: "yes"}[true])", R"("yes")"},
    {"[[1, 2], [3]][0][1]", "2"},
    {"(input).day", R"("monday")"},
    {".input.day", R"("monday")"},
    {"has(input.day)", "true"},
    {"has(input.nothing)", "true"},
    {"has(input.missing)", "false"},
    {"has(tasks.fetch.data)", "true"},
    {R"(has({"a": null}.a))", "true"},
    {"has(input.`with space`)", "true"},
};

} // namespace

// The values of expressions: syntax, operators, access.
class TestExpression : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void literals_data() { addRows(literalsRows); }
    void literals() { compare(); }
    void arithmetic_data() { addRows(arithmeticRows); }
    void arithmetic() { compare(); }
    void comparison_data() { addRows(comparisonRows); }
    void comparison() { compare(); }
    void logic_data() { addRows(logicRows); }
    void logic() { compare(); }
    void membership_data() { addRows(membershipRows); }
    void membership() { compare(); }
    void access_data() { addRows(accessRows); }
    void access() { compare(); }

private:
    static void compare()
    {
        QFETCH(QString, text);
        QTEST(outcomeOf(text), "outcome");
    }
};

QTEST_GUILESS_MAIN(TestExpression)
#include "tst_expression.moc"
