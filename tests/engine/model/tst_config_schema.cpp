// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/config_schema.h"
#include "support/flow_test.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace flow;

class TestConfigSchema : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void check_data();
    void check();
    void codes();
    void schemas_data();
    void schemas();
    void defaults_data();
    void defaults();
};

namespace {

QJsonObject parse(const QString &text)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8(), &error);
    if (error.error != QJsonParseError::NoError)
        qFatal("bad JSON in a test: %s", qPrintable(text));
    return document.object();
}

} // namespace

void TestConfigSchema::check_data()
{
    QTest::addColumn<QString>("schema");
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *schema, const char *config, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(schema) << QString::fromUtf8(config) << QString::fromUtf8(expected);
    };
    const auto property = [row](const char *name, const char *rules, const char *value, const char *expected) {
        const QByteArray schema = QByteArrayLiteral("{\"properties\": {\"k\": ") + rules + "}}";
        const QByteArray config = QByteArrayLiteral("{\"k\": ") + value + "}";
        row(name, schema.constData(), config.constData(), expected);
    };
    row("no schema", "{}", R"({"a": 1})", "");
    row("empty config", R"({"type": "object", "additionalProperties": false})", "{}", "");
    row("unknown field, open", R"({"properties": {"a": {}}})", R"({"b": 1})", "");
    row("unknown field", R"({"properties": {"a": {}, "c": {}}, "additionalProperties": false})", R"({"b": 1})",
        "config.b: is unknown; known: a, c");
    row("unknown field, nothing known", R"({"additionalProperties": false})", R"({"b": 1})",
        "config.b: is unknown: there is nothing to set here");
    row("required", R"({"required": ["a", "b"]})", R"({"b": 1})", "config.a: is missing");
    row("required of an empty config", R"({"required": ["a"]})", "{}", "config.a: is missing");
    row("required and null is there", R"({"required": ["a"]})", R"({"a": null})", "");
    row("every problem at once", R"({"required": ["z"], "properties": {"a": {"type": "string"}, "b": {"minimum": 3}}})",
        R"({"a": 1, "b": 2})", "config.z: is missing\nconfig.a = 1: must be text\nconfig.b = 2: must be at least 3");

    property("string", R"({"type": "string"})", R"("x")", "");
    property("string, number", R"({"type": "string"})", "1", "config.k = 1: must be text");
    property("string, null", R"({"type": "string"})", "null", "config.k = null: must be text");
    property("number", R"({"type": "number"})", "1.5", "");
    property("number, string", R"({"type": "number"})", R"("1")", "config.k = \"1\": must be a number");
    property("integer", R"({"type": "integer"})", "-3", "");
    property("integer written with a point", R"({"type": "integer"})", "3.0", "");
    property("integer, fraction", R"({"type": "integer"})", "3.5", "config.k = 3.5: must be a whole number");
    property("boolean", R"({"type": "boolean"})", "false", "");
    property("boolean, number", R"({"type": "boolean"})", "0", "config.k = 0: must be true or false");
    property("object", R"({"type": "object"})", "{}", "");
    property("object, list", R"({"type": "object"})", "[]", "config.k = []: must be an object");
    property("list", R"({"type": "array"})", "[1]", "");
    property("list, object", R"({"type": "array"})", "{}", "config.k = {}: must be a list");
    property("null", R"({"type": "null"})", "null", "");
    property("several types", R"({"type": ["string", "null"]})", "null", "");
    property("several types, none fits", R"({"type": ["string", "null"]})", "1", "config.k = 1: must be text or null");
    property("no type", "{}", "[1]", "");

    property("minimum", R"({"minimum": 2})", "2", "");
    property("below minimum", R"({"minimum": 2})", "1.9", "config.k = 1.9: must be at least 2");
    property("maximum", R"({"maximum": 2})", "2", "");
    property("above maximum", R"({"maximum": 2})", "3", "config.k = 3: must be at most 2");
    property("outside both", R"({"minimum": 0, "maximum": 0.5})", "-1", "config.k = -1: must be from 0 to 0.5");
    property("bounds are for numbers", R"({"minimum": 2})", R"("")", "");
    property("a type error comes alone", R"({"type": "number", "minimum": 2})", R"("x")",
             "config.k = \"x\": must be a number");

    property("more than", R"({"exclusiveMinimum": 2})", "2.5", "");
    property("not more than", R"({"exclusiveMinimum": 2})", "2", "config.k = 2: must be more than 2");
    property("not less than", R"({"exclusiveMaximum": 2})", "2", "config.k = 2: must be less than 2");
    property("multiple", R"({"multipleOf": 0.1})", "0.3", "");
    property("no multiple", R"({"multipleOf": 5})", "12", "config.k = 12: must be a multiple of 5");
    property("pattern", R"({"pattern": "^[a-z]+$"})", R"("abc")", "");
    property("pattern anywhere", R"({"pattern": "b"})", R"("abc")", "");
    property("other than the pattern", R"({"pattern": "^[a-z]+$"})", R"("a1")",
             "config.k = \"a1\": must match the pattern ^[a-z]+$");
    property("pattern that cannot be read", R"({"pattern": "("})", R"("a1")", "");
    const QByteArray longText = '"' + QByteArray(100'000, 'a') + '"';
    property("pattern, long", R"({"pattern": "^[a-z]+$"})", longText.constData(), "");
    property("pattern that takes too long", R"({"pattern": "(?:a?){900}b"})", longText.constData(),
             ("config.k = " + longText.first(59) + "…: is too long to be held against the pattern (?:a?){900}b")
                 .constData());
    // Some 100 ms where the pattern is read once, and half a minute where it is read for each.
    const QByteArray many = '[' + QByteArrayLiteral("\"aaa\",").repeated(50'000) + "\"aaa\"]";
    property("pattern of many items", R"({"items": {"pattern": "^(?:a?){900}$"}})", many.constData(), "");
    const QByteArray texts = '[' + ('"' + QByteArray(17'000, 'x') + "\",").repeated(30) + "\"x\"]";
    property("patterns that take too long together", R"({"items": {"pattern": "(?:a?){900}b|x"}})", texts.constData(),
             ("config.k[20] = \"" + QByteArray(58, 'x') +
              "…: there is too much text before this to hold it all against patterns")
                 .constData());
    property("const", R"({"const": {"a": 1}})", R"({"a": 1})", "");
    property("other than const", R"({"const": 1})", "2", "config.k = 2: must be 1");
    property("shortest list", R"({"minItems": 1})", "[1]", "");
    property("empty list", R"({"minItems": 1})", "[]", "config.k = []: must not be empty");
    property("list too short", R"({"minItems": 2})", "[1]", "config.k = [1]: must have at least 2 items");
    property("list too long", R"({"maxItems": 1})", "[1,2]", "config.k = [1,2]: must have at most 1 items, has 2");
    property("unique", R"({"uniqueItems": true})", R"([1, "1", [1]])", "");
    property("twice", R"({"uniqueItems": true})", R"([{"a": 1, "b": 2}, 3, {"b": 2, "a": 1}])",
             "config.k[2] = {\"a\":1,\"b\":2}: is there twice");

    property("shortest", R"({"minLength": 1})", R"("x")", "");
    property("empty", R"({"minLength": 1})", R"("")", "config.k = \"\": must not be empty");
    property("too short", R"({"minLength": 3})", R"("xy")", "config.k = \"xy\": must have at least 3 characters");
    property("longest", R"({"maxLength": 3})", R"("abc")", "");
    property("too long", R"({"maxLength": 3})", R"("abcd")",
             "config.k = \"abcd\": must have at most 3 characters, has 4");
    property("length in characters", R"({"maxLength": 2})", "\"\xf0\x9f\x98\x80\xf0\x9f\x98\x80\"", "");

    property("enum", R"({"enum": ["a", "b"]})", R"("b")", "");
    property("not in the enum", R"({"enum": ["a", "b"]})", R"("c")", "config.k = \"c\": must be one of: a, b");
    property("enum of other values", R"({"enum": [1, null]})", "2", "config.k = 2: must be one of: 1, null");

    property("inner object",
             R"({"properties": {"x": {"type": "number"}}, "required": ["y"], "additionalProperties": false})",
             R"({"x": "1", "z": 0})",
             "config.k.y: is missing\nconfig.k.x = \"1\": must be a number\nconfig.k.z: is unknown; known: x");
    property("items", R"({"items": {"type": "integer"}})", "[1, 2.5, 3, null]",
             "config.k[1] = 2.5: must be a whole number\nconfig.k[3] = null: must be a whole number");
    property("no items", R"({"items": false})", "[]", "");
    property("items where none may be", R"({"items": false})", "[1]", "config.k = [1]: must be empty");
    property("values of any name", R"({"properties": {"n": {}}, "additionalProperties": {"type": "string"}})",
             R"({"a": "x", "b": 1, "n": 2})", "config.k.b = 1: must be text");
    property("not to be shown", R"({"type": "string", "writeOnly": true})", "12", "config.k: must be text");
    property("nothing inside is to be shown", R"({"writeOnly": true, "additionalProperties": {"maxLength": 2}})",
             R"({"a": "xyz"})", "config.k.a: must have at most 2 characters, has 3");
    row("what follows is shown", R"({"properties": {"a": {"writeOnly": true, "enum": [1]}, "b": {"maximum": 1}}})",
        R"({"a": 3, "b": 2})", "config.a: must be one of: 1\nconfig.b = 2: must be at most 1");
}

void TestConfigSchema::check()
{
    QFETCH(QString, schema);
    QFETCH(QString, config);
    QFETCH(QString, expected);
    QCOMPARE(text(checkConfig(parse(schema), parse(config), FieldPath(QStringLiteral("config")))), expected);
}

void TestConfigSchema::codes()
{
    const QList<Error> errors =
        checkConfig(parse(QStringLiteral(
                        R"({"required": ["r"], "additionalProperties": false, "properties": {"b": {"type": "boolean"},
            "e": {"enum": [1]}, "i": {"type": "integer"}, "l": {"type": "array"}, "n": {"type": "number"}, "o": {"type": "object"},
            "s": {"type": "string"}, "t": {"minLength": 1}, "m": {"minimum": 1}}})")),
                    parse(QStringLiteral(
                        R"({"b": 1, "e": 2, "i": 0.5, "l": 1, "m": 0, "n": "", "o": 1, "s": 1, "t": "", "u": 1})")));
    QList<ErrorCode> codes;
    for (const Error &error : errors)
        codes << error.code;
    QCOMPARE(codes, (QList<ErrorCode>{ErrorCode::MissingField, ErrorCode::NotABoolean, ErrorCode::NotOneOf,
                                      ErrorCode::NotAnInteger, ErrorCode::NotAList, ErrorCode::OutOfRange,
                                      ErrorCode::NotANumber, ErrorCode::NotAnObject, ErrorCode::NotAString,
                                      ErrorCode::BadLength, ErrorCode::UnknownField}));
}

void TestConfigSchema::schemas_data()
{
    QTest::addColumn<QString>("schema");
    QTest::addColumn<QString>("errors");
    QTest::addColumn<QString>("unchecked");
    const auto row = [](const char *schema, const char *errors, const char *unchecked = "") {
        QTest::newRow(schema) << QString::fromUtf8(schema) << QString::fromUtf8(errors) << QString::fromUtf8(unchecked);
    };
    const char *types = ": must be one of: string, number, integer, boolean, object, array, null, or a list of them";
    row("{}", "");
    row(R"({"type": "object", "title": "T", "x-own": 1, "properties": {"a": {"type": ["string", "null"]}, "b": true},
            "required": ["a"], "additionalProperties": false})",
        "");
    row(R"({"type": "strin"})", qPrintable(QStringLiteral("s.type = \"strin\"") + QLatin1String(types)));
    row(R"({"type": ["string", 1]})", qPrintable(QStringLiteral("s.type = [\"string\",1]") + QLatin1String(types)));
    row(R"({"type": []})", qPrintable(QStringLiteral("s.type = []") + QLatin1String(types)));
    row(R"({"minimum": "1"})", "s.minimum = \"1\": must be a number");
    row(R"({"multipleOf": 0})", "s.multipleOf = 0: must be a number above 0");
    row(R"({"minLength": 1.5})", "s.minLength = 1.5: must be a whole number from 0 on");
    row(R"({"maxItems": -1})", "s.maxItems = -1: must be a whole number from 0 on");
    row(R"({"required": "a"})", "s.required = \"a\": must be a list of names");
    row(R"({"enum": []})", "s.enum = []: must be a list of values");
    row(R"({"properties": []})", "s.properties = []: must be an object");
    row(R"({"properties": {"a": "string"}})", "s.properties.a = \"string\": must be an object");
    row(R"({"properties": {"a": {"items": {"pattern": "("}}}})",
        "s.properties.a.items.pattern = \"(\": the pattern cannot be read: missing ): (");
    row(R"({"uniqueItems": 1})", "s.uniqueItems = 1: must be true or false");
    row(R"({"additionalProperties": {"$ref": "#"}})", "",
        "s.additionalProperties[\"$ref\"]: is not checked: this part of JSON Schema is not known here");
    row(R"({"properties": {"a": {"typ": "string", "minlength": 2, "enumDescriptions": []}}})", "",
        "s.properties.a.minlength: is not checked: it is no word of JSON Schema. Did you mean 'minLength'?\n"
        "s.properties.a.typ: is not checked: it is no word of JSON Schema. Did you mean 'type'?");
    row(R"({"properties": {"day": {"type": "string", "format": "date"}}})", "",
        "s.properties.day.format: is not checked: this part of JSON Schema is not known here");
    row(R"({"properties": {"a": {"type": "integer", "default": "x"}, "b": {"type": "integer", "default": 3}}})",
        "s.properties.a.default = \"x\": must be a whole number");
    row(R"({"properties": {"a": {"type": "object", "default": {"b": 3},
                                 "properties": {"b": {"type": "string"}}}}})",
        "s.properties.a.default.b = 3: must be text");
    row(R"({"properties": {"a": false}})", "",
        "s.properties.a: is not checked: this part of JSON Schema is not known here");
}

void TestConfigSchema::schemas()
{
    QFETCH(QString, schema);
    const SchemaMistakes mistakes = checkSchema(parse(schema), FieldPath(QStringLiteral("s")));
    QTEST(text(mistakes.errors), "errors");
    QTEST(text(mistakes.unchecked), "unchecked");
}

void TestConfigSchema::defaults_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("expected");
    QTest::newRow("nothing given") << QStringLiteral("{}") << QStringLiteral(R"({"n": 3, "o": {}})");
    QTest::newRow("given") << QStringLiteral(R"({"n": 4})") << QStringLiteral(R"({"n": 4, "o": {}})");
    QTest::newRow("null is given") << QStringLiteral(R"({"n": null})") << QStringLiteral(R"({"n": null, "o": {}})");
    QTest::newRow("others stay") << QStringLiteral(R"({"z": 1})") << QStringLiteral(R"({"n": 3, "o": {}, "z": 1})");
}

void TestConfigSchema::defaults()
{
    QFETCH(QString, config);
    QFETCH(QString, expected);
    const QJsonObject schema = parse(
        QStringLiteral(R"({"properties": {"n": {"default": 3}, "o": {"default": {}}, "s": {"type": "string"}}})"));
    QCOMPARE(withDefaults(schema, parse(config)), parse(expected));
}

QTEST_GUILESS_MAIN(TestConfigSchema)
#include "tst_config_schema.moc"
