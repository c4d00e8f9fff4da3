// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/flow_test.h"
#include "tasks/schema_builder.h"

#include <QJsonDocument>

using namespace flow;

class TestSchemaBuilder : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void builder();
    void listsAndHiddenTexts();
};

void TestSchemaBuilder::builder()
{
    const QJsonObject schema = SchemaBuilder()
                                   .seconds({QStringLiteral("z"), QStringLiteral("Z"), QStringLiteral("zz"), 1.5}, 10)
                                   .choice({QStringLiteral("a"), QStringLiteral("A"), QStringLiteral("aa")},
                                           {QStringLiteral("x"), QStringLiteral("y")})
                                   .schema();
    QCOMPARE(schema, QJsonDocument::fromJson(R"({"type": "object", "additionalProperties": false, "properties": {
        "z": {"type": "number", "minimum": 0, "maximum": 10, "x-unit": "s", "default": 1.5, "title": "Z", "description": "zz",
              "x-order": 0},
        "a": {"type": "string", "enum": ["x", "y"], "title": "A", "description": "aa", "x-order": 1}}})")
                         .object());
}

void TestSchemaBuilder::listsAndHiddenTexts()
{
    const QJsonObject schema = SchemaBuilder()
                                   .list({QStringLiteral("l"), QStringLiteral("L"), QStringLiteral("ll")},
                                         {{QStringLiteral("type"), QStringLiteral("string")}})
                                   .hiddenTexts({QStringLiteral("m"), QStringLiteral("M"), QStringLiteral("mm")})
                                   .hiddenText({QStringLiteral("t"), QStringLiteral("T"), QStringLiteral("tt")}, 9)
                                   .path({QStringLiteral("p"), QStringLiteral("P"), QStringLiteral("pp")})
                                   .require(QStringLiteral("l"))
                                   .schema();
    QCOMPARE(schema, QJsonDocument::fromJson(R"({"type": "object", "additionalProperties": false, "required": ["l"],
        "properties": {
        "l": {"type": "array", "items": {"type": "string"}, "x-exact": true, "title": "L", "description": "ll", "x-order": 0},
        "m": {"type": "object", "additionalProperties": {"type": "string"}, "writeOnly": true, "title": "M",
              "description": "mm", "x-order": 1},
        "t": {"type": "string", "maxLength": 9, "writeOnly": true, "title": "T", "description": "tt", "x-order": 2},
        "p": {"type": "string", "minLength": 1, "maxLength": 4096, "x-multiline": false, "title": "P", "description": "pp",
              "x-order": 3}}})")
                         .object());
}

QTEST_GUILESS_MAIN(TestSchemaBuilder)
#include "tst_schema_builder.moc"
