// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/flows.h"
#include "model/flow_json.h"
#include "support/flow_test.h"

using namespace flow;
using test::q;

class TestFlowJson : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void refusesBrokenReferencesInContractOnly_data();
    void refusesBrokenReferencesInContractOnly();
    void reportsEverythingAtOnce();
    void tellsNullFromEmpty();
    void limitsTheNumberOfTasks();
};

namespace {

const char *const valid = R"({"id":"f","name":"F","start_task":"a","tasks":[{"name":"a"},{"name":"b"}],
    "conditions":[{"name":"c","source_task":"a","outcome":"success","target_task_success":"b",
                   "target_task_failure":"end"}]})";

QJsonObject object(const QByteArray &text)
{
    const json::Parsed parsed = json::parse(text);
    Q_ASSERT(parsed.errors.isEmpty());
    return parsed.value.toObject();
}

/// The valid flow with the value at `path` replaced; undefined removes it.
QJsonValue changed(const QJsonValue &value, const QList<FieldPath::Step> &steps, const QJsonValue &newValue)
{
    if (steps.isEmpty())
        return newValue;
    if (steps.first().index >= 0) {
        QJsonArray list = value.toArray();
        list[steps.first().index] = changed(list.at(steps.first().index), steps.mid(1), newValue);
        return list;
    }
    QJsonObject fields = value.toObject();
    const QJsonValue member = changed(fields.value(steps.first().key), steps.mid(1), newValue);
    if (member.isUndefined())
        fields.remove(steps.first().key);
    else
        fields.insert(steps.first().key, member);
    return fields;
}

/// `tasks.0.name` as a path.
FieldPath pathOf(const QString &text)
{
    FieldPath path;
    for (const QString &step : text.split(u'.', Qt::SkipEmptyParts)) {
        bool isIndex = false;
        const int index = step.toInt(&isIndex);
        path = isIndex ? path / index : path / step;
    }
    return path;
}

} // namespace

void TestFlowJson::reads_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("value");   // empty: the field is left out
    QTest::addColumn<QByteArray>("written"); // the field afterwards; empty: not written

    const auto row = [](const char *name, const char *path, const QByteArray &value, const QByteArray &written) {
        QTest::newRow(name) << q(path) << value << written;
    };
    const auto same = [&](const char *name, const char *path, const QByteArray &value) {
        row(name, path, value, value);
    };
    same("as it is", "name", "\"F\"");
    same("no conditions", "conditions", "");
    row("conditions null", "conditions", "null", "");
    row("conditions empty", "conditions", "[]", "");
    row("description null", "description", "null", "");
    same("description empty", "description", "\"\"");
    same("description of 1000", "description", '"' + QByteArray(1000, 'd') + '"');
    same("name of 255", "name", '"' + QByteArray(255, 'n') + '"');
    same("id of 100 wide characters", "id", '"' + QByteArray("\xf0\x9f\x98\x80").repeated(100) + '"');
    same("inputs", "inputs", R"({"type":"object"})");
    row("inputs null", "inputs", "null", "");
    same("sub-flow", "flows", R"({"inner":{"id":"i","name":"I","start_task":"x","tasks":[{"name":"x"}]}})");
    row("no sub-flows", "flows", "{}", "");
    same("task type", "tasks.0.type", "\"noop\"");
    row("task type null", "tasks.0.type", "null", "");
    same("task description", "tasks.0.description", "\"\"");
    same("config", "tasks.0.config", R"({"a":[1,2.5,null,{"b":"\u0000é"}],"z":9007199254740993})");
    same("config empty", "tasks.0.config", "{}");
    row("config null", "tasks.0.config", "null", "");
    same("time limit", "tasks.0.timeout_seconds", "0.001");
    same("time limit of a year", "tasks.0.timeout_seconds", "31536000");
    same("retry", "tasks.0.retry", R"({"backoff":2,"delay_seconds":0.5,"max_attempts":100,"max_delay_seconds":86400})");
    row("retry with defaults", "tasks.0.retry", R"({"max_attempts":1,"delay_seconds":0,"backoff":1})",
        R"({"max_attempts":1})");
    row("retry empty", "tasks.0.retry", "{}", R"({"max_attempts":1})");
    row("retry null", "tasks.0.retry", "null", "");
    same("retry without longest delay", "tasks.0.retry", R"({"delay_seconds":3,"max_attempts":2})");
    same("retry with longest delay of 0", "tasks.0.retry", R"({"max_attempts":2,"max_delay_seconds":0})");
    same("outcome failure", "conditions.0.outcome", "\"failure\"");
    same("outcome any", "conditions.0.outcome", "\"any\"");
    same("expression", "conditions.0.when", "\"tasks.a.data.count > 0\"");
    same("broken expression, for validate to find", "conditions.0.when", "\"1 +\"");
    row("expression null", "conditions.0.when", "null", "");
    same("no failure target", "conditions.0.target_task_failure", "");
    row("failure target null", "conditions.0.target_task_failure", "null", "");
    same("condition description", "conditions.0.description", "\"why\"");
    same("target end", "conditions.0.target_task_success", "\"end\"");
    same("target itself", "conditions.0.target_task_success", "\"a\"");
}

void TestFlowJson::reads()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, written);
    const auto with = [&](const QByteArray &text) {
        const QJsonValue field = text.isEmpty() ? QJsonValue(QJsonValue::Undefined) : json::parse(text).value;
        return changed(object(valid), pathOf(path).steps(), field);
    };
    const FlowReading reading = flowFromJson(with(value));
    QCOMPARE(text(reading.errors), QString());
    QCOMPARE(QJsonValue(toJson(reading.flow)), with(written));
    QCOMPARE(flowFromJson(toJson(reading.flow)).flow, reading.flow);
    QCOMPARE(json::parse(canonicalJson(reading.flow)).value, QJsonValue(toJson(reading.flow)));
}

void TestFlowJson::refuses_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("errorPath");
    QTest::addColumn<std::optional<Error::Range>>("range");

    using Range = std::optional<Error::Range>;
    const auto row = [](const QByteArray &name, const QByteArray &path, const QByteArray &value, ErrorCode code,
                        const QByteArray &errorPath, const Range &range = std::nullopt) {
        QTest::newRow(name.constData()) << QString::fromUtf8(path) << value << code << QString::fromUtf8(errorPath)
                                        << range;
    };
    const auto long101 = '"' + QByteArray(101, 'x') + '"';
    const Range name = Error::Range{1, 100};
    for (const char *value : {"[]", "null", "\"flow\"", "7"})
        row(QByteArray("no object: ") + value, "", value, ErrorCode::NotAnObject, "");
    for (const char *field : {"id", "name", "start_task", "tasks"}) {
        row(QByteArray(field) + " missing", field, "", ErrorCode::MissingField, field);
        row(QByteArray(field) + " null", field, "null", ErrorCode::MissingField, field);
    }
    for (const char *field : {"id", "name", "start_task", "description"})
        row(QByteArray(field) + " is a number", field, "7", ErrorCode::NotAString, field);
    row("id empty", "id", "\"\"", ErrorCode::BadLength, "id", name);
    row("id too long", "id", long101, ErrorCode::BadLength, "id", name);
    row("name empty", "name", "\"\"", ErrorCode::BadLength, "name", Error::Range{1, 255});
    row("name too long", "name", '"' + QByteArray(256, 'x') + '"', ErrorCode::BadLength, "name", Error::Range{1, 255});
    row("start task empty", "start_task", "\"\"", ErrorCode::BadLength, "start_task", name);
    row("description too long", "description", '"' + QByteArray(1001, 'x') + '"', ErrorCode::BadLength, "description",
        Error::Range{0, 1000});
    row("tasks empty", "tasks", "[]", ErrorCode::BadLength, "tasks",
        Error::Range{1, std::numeric_limits<qint64>::max()});
    row("tasks is an object", "tasks", "{}", ErrorCode::NotAList, "tasks");
    row("conditions is text", "conditions", "\"x\"", ErrorCode::NotAList, "conditions");
    row("inputs is a list", "inputs", "[]", ErrorCode::NotAnObject, "inputs");
    row("flows is a list", "flows", "[]", ErrorCode::NotAnObject, "flows");
    row("sub-flow is text", "flows", R"({"x":"y"})", ErrorCode::NotAnObject, "flows.x");
    row("sub-flow is broken inside", "flows", R"({"x":{"id":"i","name":"I","start_task":"x","tasks":[{"name":3}]}})",
        ErrorCode::NotAString, "flows.x.tasks[0].name");
    row("sub-flow without a name", "flows", R"({"":{"id":"i","name":"I","start_task":"x","tasks":[{"name":"x"}]}})",
        ErrorCode::BadLength, "flows[\"\"]", name);
    row("unknown field", "extra", "1", ErrorCode::UnknownField, "extra");
    row("unknown field that is null", "extra", "null", ErrorCode::UnknownField, "extra");

    row("task is text", "tasks.1", "\"x\"", ErrorCode::NotAnObject, "tasks[1]");
    row("task null", "tasks.1", "null", ErrorCode::NotAnObject, "tasks[1]");
    row("task name missing", "tasks.1.name", "", ErrorCode::MissingField, "tasks[1].name");
    row("task name too long", "tasks.1.name", long101, ErrorCode::BadLength, "tasks[1].name", name);
    row("task description too long", "tasks.1.description", '"' + QByteArray(501, 'x') + '"', ErrorCode::BadLength,
        "tasks[1].description", Error::Range{0, 500});
    row("task type empty", "tasks.0.type", "\"\"", ErrorCode::BadLength, "tasks[0].type", name);
    row("config is a list", "tasks.0.config", "[]", ErrorCode::NotAnObject, "tasks[0].config");
    row("task with unknown field", "tasks.0.timeout", "3", ErrorCode::UnknownField, "tasks[0].timeout");
    const Range timeout = Error::Range{0, 31'536'000};
    row("time limit 0", "tasks.0.timeout_seconds", "0", ErrorCode::OutOfRange, "tasks[0].timeout_seconds", timeout);
    row("time limit negative", "tasks.0.timeout_seconds", "-1", ErrorCode::OutOfRange, "tasks[0].timeout_seconds",
        timeout);
    row("time limit too large", "tasks.0.timeout_seconds", "31536000.5", ErrorCode::OutOfRange,
        "tasks[0].timeout_seconds", timeout);
    row("time limit is text", "tasks.0.timeout_seconds", "\"5\"", ErrorCode::NotANumber, "tasks[0].timeout_seconds");
    row("retry is a number", "tasks.0.retry", "3", ErrorCode::NotAnObject, "tasks[0].retry");
    row("attempts is text", "tasks.0.retry", R"({"max_attempts":"x"})", ErrorCode::NotAnInteger,
        "tasks[0].retry.max_attempts");
    row("attempts 0", "tasks.0.retry", R"({"max_attempts":0})", ErrorCode::OutOfRange, "tasks[0].retry.max_attempts",
        name);
    row("attempts 101", "tasks.0.retry", R"({"max_attempts":101})", ErrorCode::OutOfRange,
        "tasks[0].retry.max_attempts", name);
    row("delay negative", "tasks.0.retry", R"({"delay_seconds":-1})", ErrorCode::OutOfRange,
        "tasks[0].retry.delay_seconds", Error::Range{0, 86'400});
    row("backoff below 1", "tasks.0.retry", R"({"backoff":0.5})", ErrorCode::OutOfRange, "tasks[0].retry.backoff",
        Error::Range{1, 10});
    row("longest delay too large", "tasks.0.retry", R"({"max_delay_seconds":86401})", ErrorCode::OutOfRange,
        "tasks[0].retry.max_delay_seconds", Error::Range{0, 86'400});
    row("retry with unknown field", "tasks.0.retry", R"({"delay":1})", ErrorCode::UnknownField, "tasks[0].retry.delay");

    row("condition is a list", "conditions.0", "[]", ErrorCode::NotAnObject, "conditions[0]");
    for (const char *field : {"name", "source_task", "outcome", "target_task_success"}) {
        const QByteArray path = QByteArray("conditions.0.") + field;
        const QByteArray errorPath = QByteArray("conditions[0].") + field;
        row("condition " + QByteArray(field) + " missing", path, "", ErrorCode::MissingField, errorPath);
        row("condition " + QByteArray(field) + " is bool", path, "true", ErrorCode::NotAString, errorPath);
    }
    for (const char *field : {"name", "source_task", "target_task_success", "target_task_failure"}) {
        const QByteArray path = QByteArray("conditions.0.") + field;
        const QByteArray errorPath = QByteArray("conditions[0].") + field;
        row("condition " + QByteArray(field) + " empty", path, "\"\"", ErrorCode::BadLength, errorPath, name);
        row("condition " + QByteArray(field) + " too long", path, long101, ErrorCode::BadLength, errorPath, name);
    }
    row("unknown outcome", "conditions.0.outcome", "\"maybe\"", ErrorCode::NotOneOf, "conditions[0].outcome");
    row("outcome empty", "conditions.0.outcome", "\"\"", ErrorCode::NotOneOf, "conditions[0].outcome");
    row("outcome in capitals", "conditions.0.outcome", "\"Success\"", ErrorCode::NotOneOf, "conditions[0].outcome");
    row("expression empty", "conditions.0.when", "\"\"", ErrorCode::BadLength, "conditions[0].when",
        Error::Range{1, 10'000});
    row("condition with unknown field", "conditions.0.target", "\"b\"", ErrorCode::UnknownField,
        "conditions[0].target");
}

void TestFlowJson::refuses()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, value);
    QFETCH(ErrorCode, code);
    QFETCH(QString, errorPath);
    QFETCH(std::optional<Error::Range>, range);
    const QJsonValue field = value.isEmpty() ? QJsonValue(QJsonValue::Undefined) : json::parse(value).value;
    const FlowReading reading = flowFromJson(changed(object(valid), pathOf(path).steps(), field));
    QCOMPARE(reading.errors.size(), 1); // nothing that merely follows from it
    const Error error = reading.errors.first();
    QCOMPARE(int(error.code), int(code));
    QCOMPARE(error.path.toString(), errorPath);
    QVERIFY2(error.range == range, qPrintable(error.text()));
    QVERIFY(!error.reason.isEmpty());
    const QString inside = flowFromJson(changed(object(valid), pathOf(path).steps(), field), FieldPath(q("flow")))
                               .errors.first()
                               .path.toString();
    QVERIFY2(inside.startsWith(q("flow")), qPrintable(inside));
}

void TestFlowJson::refusesBrokenReferencesInContractOnly_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("message");

    const auto row = [](const char *name, const char *path, const char *value, ErrorCode code, const char *message) {
        QTest::newRow(name) << q(path) << QByteArray(value) << code << q(message);
    };
    row("duplicate task", "tasks.1.name", "\"a\"", ErrorCode::DuplicateName,
        "tasks: task names must be unique within a flow; these are there twice: \"a\" (tasks[0] and tasks[1])\n"
        "conditions[0].target_task_success = \"b\": must be the name of a task of this flow, or \"end\"");
    row("unknown start", "start_task", "\"nope\"", ErrorCode::UnknownReference,
        "start_task = \"nope\": must be the name of a task of this flow");
    row("start at the end", "start_task", "\"end\"", ErrorCode::UnknownReference,
        "start_task = \"end\": must be the name of a task of this flow");
    row("unknown source", "conditions.0.source_task", "\"zz\"", ErrorCode::UnknownReference,
        "conditions[0].source_task = \"zz\": must be the name of a task of this flow");
    row("source end", "conditions.0.source_task", "\"end\"", ErrorCode::UnknownReference,
        "conditions[0].source_task = \"end\": must be the name of a task of this flow");
    row("unknown target", "conditions.0.target_task_success", "\"zz\"", ErrorCode::UnknownReference,
        "conditions[0].target_task_success = \"zz\": must be the name of a task of this flow, or \"end\"");
    row("unknown failure target", "conditions.0.target_task_failure", "\"End\"", ErrorCode::UnknownReference,
        "conditions[0].target_task_failure = \"End\": must be the name of a task of this flow, or \"end\"");
}

void TestFlowJson::refusesBrokenReferencesInContractOnly()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, value);
    QFETCH(ErrorCode, code);
    QFETCH(QString, message);
    const QJsonValue json = changed(object(valid), pathOf(path).steps(), json::parse(value).value);
    const FlowReading contract = flowFromJson(json);
    QCOMPARE(text(contract.errors), message);
    QCOMPARE(int(contract.errors.first().code), int(code));
    const FlowReading draft = flowFromJson(json, {}, Reading::Draft);
    QCOMPARE(text(draft.errors), QString());
    QCOMPARE(QJsonValue(toJson(draft.flow)), json);
    const Flow empty =
        flowFromJson(object(R"({"id":"f","name":"F","start_task":"","tasks":[]})"), {}, Reading::Draft).flow;
    QCOMPARE(empty, test::flow({}));
}

void TestFlowJson::reportsEverythingAtOnce()
{
    const FlowReading reading = flowFromJson(
        object(
            R"({"id":7,"start_task":"nope","tasks":[{"name":"a"},{"name":"a","retry":{"max_attempts":"x"}},5],"zzz":1,
                   "conditions":[{"name":"","source_task":"q","outcome":"maybe","target_task_success":"a"}]})"),
        FieldPath(q("flow")));
    QCOMPARE(
        text(reading.errors),
        q("flow.id = 7: must be a text\n"
          "flow.name: is missing\n"
          "flow.tasks[1].retry.max_attempts = \"x\": must be a whole number from 1 to 100\n"
          "flow.tasks[2] = 5: must be an object\n"
          "flow.conditions[0].name = \"\": must have 1 to 100 characters\n"
          "flow.conditions[0].outcome = \"maybe\": must be one of: success, failure, any\n"
          "flow.zzz = 1: is not a known field\n"
          "flow.tasks: task names must be unique within a flow; these are there twice: \"a\" (tasks[0] and tasks[1])"));
}

void TestFlowJson::tellsNullFromEmpty()
{
    const Flow absent = flowFromJson(object(valid)).flow;
    QVERIFY(absent.description.isNull());
    QVERIFY(absent.tasks[0].description.isNull());
    QVERIFY(absent.conditions[0].description.isNull());
    Flow empty = absent;
    empty.description = empty.tasks[0].description = q("");
    QVERIFY(!canonicalJson(absent).contains("description"));
    QCOMPARE(canonicalJson(empty).count("\"description\": \"\""), 2);
    QVERIFY(revisionOf(empty) != revisionOf(absent));
}

void TestFlowJson::limitsTheNumberOfTasks()
{
    QJsonObject json = object(valid);
    QJsonArray many;
    for (qsizetype i = 0; i <= maxTasks; ++i)
        many << QJsonObject{{q("name"), QString::number(i)}};
    json.insert(q("tasks"), many);
    json.insert(q("start_task"), q("5"));
    json.remove(q("conditions"));
    const FlowReading tooMany = flowFromJson(json);
    QCOMPARE(tooMany.errors.size(), 1);
    QCOMPARE(int(tooMany.errors.first().code), int(ErrorCode::TooLarge));
    QCOMPARE(tooMany.errors.first().path.toString(), q("tasks"));
    QCOMPARE(tooMany.errors.first().reason, q("must have at most 100000 items"));
    many.removeLast();
    json.insert(q("tasks"), many);
    const FlowReading most = flowFromJson(json);
    QCOMPARE(text(most.errors), QString());
    QCOMPARE(most.flow.tasks.size(), maxTasks);
}

QTEST_GUILESS_MAIN(TestFlowJson)
#include "tst_flow_json.moc"
