// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "editor/field_spec.h"
#include "editor/task_fields.h"
#include "support/flow_test.h"

#include <QJsonArray>
#include <QLocale>

using namespace flow;

class TestPanelFields : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void kind_data();
    void kind();
    void order();
    void valueOfText_data();
    void valueOfText();
    void textOfValue_data();
    void textOfValue();
    void taskFields_data();
    void taskFields();
    void configIsDroppedWithItsLastField();
    void restKeepsKnownFields();

private:
    static FieldSpec specOf(const QString &schema, bool required = false)
    {
        return fieldSpec(QStringLiteral("field"), json::parse(schema.toUtf8()).value.toObject(), required);
    }
};

Q_DECLARE_METATYPE(FieldKind)

void TestPanelFields::kind_data()
{
    QTest::addColumn<QString>("schema");
    QTest::addColumn<FieldKind>("kind");
    const auto row = [](const char *schema, FieldKind kind) {
        QTest::newRow(schema) << QString::fromLatin1(schema) << kind;
    };
    row(R"({"type": "string"})", FieldKind::Text);
    row(R"({"type": "string", "maxLength": 200})", FieldKind::Text);
    row(R"({"type": "string", "maxLength": 201})", FieldKind::LongText);
    row(R"({"type": "string", "x-multiline": true})", FieldKind::LongText);
    row(R"({"type": "string", "x-multiline": false, "maxLength": 4096})", FieldKind::Text);
    row(R"({"type": "string", "x-expression": true})", FieldKind::Expression);
    row(R"({"type": ["null", "string"]})", FieldKind::Text);
    row(R"({"type": "integer"})", FieldKind::Integer);
    row(R"({"type": "number"})", FieldKind::Number);
    row(R"({"type": "boolean"})", FieldKind::Boolean);
    row(R"({"enum": ["a", 1]})", FieldKind::Choice);
    row(R"({"type": "array", "items": {"type": "string"}})", FieldKind::Lines);
    row(R"({"type": "array", "items": {"type": "string"}, "x-exact": true})", FieldKind::Json);
    row(R"({"type": "array", "items": {"type": "number"}})", FieldKind::Json);
    row(R"({"type": "object"})", FieldKind::Json);
    row(R"({})", FieldKind::Json);
}

void TestPanelFields::kind()
{
    QFETCH(QString, schema);
    QFETCH(FieldKind, kind);
    QCOMPARE(specOf(schema).kind, kind);
}

void TestPanelFields::order()
{
    const QJsonObject schema = json::parse(R"({"required": ["z_needed"], "properties": {
        "last": {"x-order": 2}, "first": {"x-order": 1}, "a_free": {}, "z_needed": {}}})")
                                   .value.toObject();
    QStringList keys;
    for (const FieldSpec &spec : fieldSpecs(schema))
        keys << spec.key;
    QCOMPARE(keys, QStringList({QStringLiteral("first"), QStringLiteral("last"), QStringLiteral("z_needed"),
                                QStringLiteral("a_free")}));
    QCOMPARE(fieldSpecs(schema).last().title, QStringLiteral("A free"));
}

void TestPanelFields::valueOfText_data()
{
    QTest::addColumn<QString>("schema");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("value"); ///< JSON; empty: absent
    QTest::addColumn<QString>("error");
    const auto good = [](const char *name, const char *schema, const char *text, const char *value) {
        QTest::newRow(name) << QString::fromUtf8(schema) << QString::fromUtf8(text) << QString::fromUtf8(value)
                            << QString();
    };
    const auto bad = [](const char *name, const char *schema, const char *text, const char *error) {
        QTest::newRow(name) << QString::fromUtf8(schema) << QString::fromUtf8(text) << QString()
                            << QString::fromUtf8(error);
    };
    const char *integer = R"({"type": "integer", "minimum": 1, "maximum": 100})";
    good("integer", integer, "42", "42");
    good("integer with spaces", integer, " 7 ", "7");
    good("no integer", integer, "", "");
    bad("fraction for an integer", integer, "1.5", "Must be a whole number from 1 to 100");
    bad("word for an integer", integer, "many", "Must be a whole number from 1 to 100");
    bad("below", integer, "0", "Must be a whole number from 1 to 100");
    bad("above", integer, "101", "Must be a whole number from 1 to 100");
    good("grouped", R"({"type": "integer"})", "1,000", "1000");
    bad("any integer", R"({"type": "integer"})", "x", "Must be a whole number");
    good("number", R"({"type": "number"})", "0.25", "0.25");
    good("number with a trailing point", R"({"type": "number"})", "1.", "1");
    bad("infinite", R"({"type": "number"})", "inf", "Must be a number");
    bad("not a number", R"({"type": "number"})", "nan", "Must be a number");
    bad("at the open end", R"({"type": "number", "exclusiveMinimum": 0})", "0", "Must be a number above 0");
    bad("too small", R"({"type": "number", "minimum": 2})", "1", "Must be a number of at least 2");
    bad("too large", R"({"type": "number", "maximum": 2})", "3", "Must be a number of at most 2");
    good("text keeps its spaces", R"({"type": "string"})", " a ", "\" a \"");
    good("empty text is absent", R"({"type": "string"})", "", "");
    bad("too short", R"({"type": "string", "minLength": 3})", "ab", "Must have at least 3 characters");
    bad("too long", R"({"type": "string", "maxLength": 3})", "abcd", "Must have at most 3 characters; these are 4");
    bad("pattern", R"({"type": "string", "pattern": "^[a-z]+$"})", "A1", "Must have the form ^[a-z]+$");
    good("pattern fits", R"({"type": "string", "pattern": "^[a-z]+$"})", "ab", "\"ab\"");
    good("lines", R"({"type": "array", "items": {"type": "string"}})", "a\n\n b \n", "[\"a\",\"b\"]");
    good("object", R"({"type": "object"})", "{\"a\": [1, 2]}", "{\"a\":[1,2]}");
    bad("list for an object", R"({"type": "object"})", "[1]", "Must be an object: { \"name\": value }");
    bad("object for a list", R"({"type": "array"})", "{}", "Must be a list: [ value, value ]");
    good("anything", R"({})", "null", "null");
}

void TestPanelFields::valueOfText()
{
    QFETCH(QString, schema);
    QFETCH(QString, text);
    QFETCH(QString, value);
    QFETCH(QString, error);
    const Result<QJsonValue> result = fieldValue(specOf(schema), text);
    QCOMPARE(result.ok(), error.isNull());
    if (!error.isNull()) {
        QCOMPARE(result.error().reason, error);
        return;
    }
    if (value.isEmpty())
        QVERIFY(result->isUndefined());
    else
        QCOMPARE(QString::fromUtf8(json::writeCompact(*result)), value);
}

void TestPanelFields::textOfValue_data()
{
    QTest::addColumn<QString>("schema");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("text");
    QTest::newRow("absent") << QStringLiteral(R"({"type": "string"})") << QJsonValue(QJsonValue::Undefined)
                            << QString();
    QTest::newRow("text") << QStringLiteral(R"({"type": "string"})") << QJsonValue(QStringLiteral("a\"b"))
                          << QStringLiteral("a\"b");
    QTest::newRow("number") << QStringLiteral(R"({"type": "number"})") << QJsonValue(0.5) << QStringLiteral("0.5");
    QTest::newRow("yes") << QStringLiteral(R"({"type": "boolean"})") << QJsonValue(true) << QStringLiteral("Yes");
    QTest::newRow("lines") << QStringLiteral(R"({"type": "array", "items": {"type": "string"}})")
                           << QJsonValue(QJsonArray{QStringLiteral("a"), QStringLiteral("b")})
                           << QStringLiteral("a\nb");
    QTest::newRow("object") << QStringLiteral(R"({"type": "object"})")
                            << QJsonValue(QJsonObject{{QStringLiteral("a"), 1}}) << QStringLiteral("{\n  \"a\": 1\n}");
}

void TestPanelFields::textOfValue()
{
    QFETCH(QString, schema);
    QFETCH(QJsonValue, value);
    QFETCH(QString, text);
    QCOMPARE(fieldText(specOf(schema), value), text);
}

void TestPanelFields::taskFields_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<Task>("expected");
    const auto row = [](const char *key, const QJsonValue &value, const std::function<void(Task *)> &change) {
        Task task;
        change(&task);
        QTest::newRow(key) << QString::fromLatin1(key) << value << task;
    };
    row("timeout_seconds", 2.5, [](Task *task) { task->timeoutSeconds = 2.5; });
    row("description", QStringLiteral("why"), [](Task *task) { task->description = QStringLiteral("why"); });
    row("retry.max_attempts", 3, [](Task *task) { task->retry = RetryPolicy{3}; });
    row("retry.delay_seconds", 1.5, [](Task *task) { task->retry = RetryPolicy{1, 1.5}; });
    row("retry.backoff", 2, [](Task *task) { task->retry = RetryPolicy{1, 0, 2}; });
    row("retry.max_delay_seconds", 60, [](Task *task) { task->retry = RetryPolicy{1, 0, 1, 60.0}; });
}

void TestPanelFields::taskFields()
{
    QFETCH(QString, key);
    QFETCH(QJsonValue, value);
    QFETCH(Task, expected);
    Task task;
    applyTaskField(&task, key, value);
    QCOMPARE(task, expected);
    QCOMPARE(taskFieldValues(task).value(key), value);
    applyTaskField(&task, key, QJsonValue::Undefined);
    QCOMPARE(task, Task());
}

void TestPanelFields::configIsDroppedWithItsLastField()
{
    Task task;
    applyConfigField(&task, QStringLiteral("a"), 1);
    QCOMPARE(task.config, std::optional(QJsonObject{{QStringLiteral("a"), 1}}));
    applyConfigField(&task, QStringLiteral("a"), QJsonValue::Undefined);
    QVERIFY(!task.config);
}

void TestPanelFields::restKeepsKnownFields()
{
    Task task;
    task.config = QJsonObject{{QStringLiteral("url"), QStringLiteral("x")}, {QStringLiteral("old"), 1}};
    applyConfigRest(&task, {QStringLiteral("url")}, {{QStringLiteral("new"), 2}});
    QCOMPARE(*task.config, (QJsonObject{{QStringLiteral("url"), QStringLiteral("x")}, {QStringLiteral("new"), 2}}));
}

QTEST_GUILESS_MAIN(TestPanelFields)
#include "tst_panel_fields.moc"
