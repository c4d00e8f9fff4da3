// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/issues_told.h"
#include "support/flow_test.h"

using namespace flow;
using test::q;
using test::types;

namespace {

QJsonObject object(const QString &text)
{
    QJsonParseError error;
    const QJsonObject result = QJsonDocument::fromJson(QString(text).replace(u'\'', u'"').toUtf8(), &error).object();
    if (error.error != QJsonParseError::NoError)
        qFatal("not JSON: %s", qPrintable(text));
    return result;
}

/// The sentences of all Issues, without what stands before the column.
QString mistakes(const Flow &flow)
{
    QStringList lines;
    for (const Issue &issue : validate(flow, types()))
        lines << issue.text.mid(std::max<qsizetype>(0, issue.text.indexOf(q("column "))));
    return lines.join(q(" | "));
}

} // namespace

/// What can be known of the fields that expressions read.
class TestValidateExpressions : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void inputs_data();
    void inputs();
    void words_data();
    void words();
    void inputInSettings();
    void inputOfSubFlows();
};

void TestValidateExpressions::inputs_data()
{
    QTest::addColumn<QString>("inputs");
    QTest::addColumn<QString>("when");
    QTest::addColumn<QString>("told");

    const auto row = [](const char *name, const char *inputs, const char *when, const char *told = "") {
        QTest::newRow(name) << q(inputs) << q(when) << q(told);
    };
    const auto closed = "{'properties': {'day': {'type': 'string'}, 'n': {'type': 'integer'}, 'any': {},"
                        " 'who': {'type': 'object', 'properties': {'name': {'type': 'string'}},"
                        " 'additionalProperties': false}}, 'required': ['day'], 'additionalProperties': false}";
    row("known", closed, "input.day == 'monday' && input.n > 2 && input.any.of.them && input.who.name == ''");
    row("misspelt", closed, "input.dya == 'monday'", "column 7: there is no \"dya\"; did you mean \"day\"?.");
    row("misspelt, as an item", closed, "input['dya'] == 'monday'",
        "column 7: there is no \"dya\"; did you mean \"day\"?.");
    row("misspelt, when it is asked for", closed, "has(input.dya)",
        "column 11: there is no \"dya\"; did you mean \"day\"?.");
    row("nothing like it", closed, "input.minimum == 1", "column 7: there is no \"minimum\".");
    row("inside", closed, "input.who.nmae == 'Ada'", "column 11: there is no \"nmae\"; did you mean \"name\"?.");
    row("inside a text", closed, "input.day.name == 'Ada'", "column 11: string has no field name.");
    row("a text is no number", closed, "input.day > 5", "column 11: > does not work with string and int.");
    row("a number is no text", closed, "input.n.startsWith('x')",
        "column 9: startsWith() is written string.startsWith(string); here it gets null or int, string.");
    row("one that may be absent", closed, "input.n == null || input.who == null");
    row("one that is always there", closed, "input.day == null", "column 11: string and null are never equal.");
    row("all of them", closed, "input.all(name, input[name] != 1) && size(input) == 1");
    row("open", "{'properties': {'day': {'type': 'string'}}}", "input.anything > 5");
    row("open, a known one", "{'properties': {'day': {'type': 'string'}}}", "input.day > 5",
        "column 11: > does not work with null or string and int.");
    row("others of a kind", "{'additionalProperties': {'type': 'string'}}", "input.anything > 5");
    row("none at all", "{'additionalProperties': false}", "input.day == 1", "column 7: there is no \"day\".");
    row("several types", "{'properties': {'day': {'type': ['string', 'integer']}}}", "input.day > 5");
    row("whole numbers are numbers", "{'properties': {'n': {'type': 'number'}}}", "input.n % 2 == 1 && input.n < 0.5");
    row("one of some texts", "{'properties': {'mode': {'enum': ['fast', 'slow', 3]}}}",
        "input.mode == 'fats' || input.mode == 3",
        "column 15: the value is never \"fats\", only \"fast\" or \"slow\"; did you mean \"fast\"?.");
    row("not one of some numbers", "{'properties': {'n': {'enum': [1, 2]}}}", "input.n == 'one'");
    row("by its values only", "{'properties': {'n': {'enum': [1, 2]}}}", "input.n.startsWith('x')");
    row("not described", "{}", "input.day > 5 || input.day == 'monday'");
    row("a description of something else", "{'type': 'array'}", "input.day == 'monday'");
}

void TestValidateExpressions::inputs()
{
    QFETCH(QString, inputs);
    QFETCH(QString, when);
    Flow flow = test::flow(q("a b"), q("a any b - ") + when);
    flow.inputs = object(inputs);
    QTEST(mistakes(flow), "told");
}

void TestValidateExpressions::words_data()
{
    QTest::addColumn<QString>("when");
    QTest::addColumn<QString>("told");

    const auto row = [](const char *when, const char *told = "") { QTest::newRow(when) << q(when) << q(told); };
    row("tasks.a.status == 'success' || 'failure' != tasks.a.status");
    row("tasks.a.status in ['success', 'failure']");
    row("tasks.a.status == 'sucess'",
        "column 19: the value is never \"sucess\", only \"success\" or \"failure\"; did you mean \"success\"?.");
    row("tasks.a.status != 'completed'",
        "column 19: the value is never \"completed\", only \"success\" or \"failure\".");
    row("execution.error_task == null || execution.error_task == 'b'");
    row("execution.error_task == 'bb'",
        "column 25: the value is never \"bb\", only \"a\" or \"b\"; did you mean \"b\"?.");
    row("tasks.all(name, tasks[name].status == 'sucess')"); // which task that is shows in the run
}

void TestValidateExpressions::words()
{
    QFETCH(QString, when);
    QTEST(mistakes(test::flow(q("a b"), q("a any b - ") + when)), "told");
}

void TestValidateExpressions::inputInSettings()
{
    Flow flow = test::flow(q("a b"), q("a any b"));
    flow.inputs = object(q("{'properties': {'day': {'type': 'string'}}, 'additionalProperties': false}"));
    flow.tasks[1].type = q("set");
    flow.tasks[1].config = object(q("{'path': 'for ${input.dya}'}"));
    const QList<Issue> issues = validate(flow, types());
    QCOMPARE(test::told(issues), q("! bad-setting task:1.config.path"));
    QCOMPARE(issues.first().text,
             q("Settings of task 'b': path = \"for ${input.dya}\": column 13: there is no \"dya\"; "
               "did you mean \"day\"?."));
}

/// Each flow has an input of its own.
void TestValidateExpressions::inputOfSubFlows()
{
    Flow inner = test::flow(q("a b"), q("a any b - input.day == '' && input.row == 1"));
    inner.inputs = object(q("{'properties': {'row': {}}, 'additionalProperties': false}"));
    Flow flow = test::flow(q("a b"), q("a any b - input.day == ''"));
    flow.inputs = object(q("{'properties': {'day': {}}, 'additionalProperties': false}"));
    flow.flows.insert(q("inner"), inner);
    const QList<Issue> issues = validate(flow, types());
    QCOMPARE(issues.size(), 1);
    QCOMPARE(issues.first().text, q("In sub-flow 'inner': The expression of condition 'c0' does not work: column 7: "
                                    "there is no \"day\"."));
}

QTEST_GUILESS_MAIN(TestValidateExpressions)
#include "tst_validate_expressions.moc"
