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
};

void TestSchemaBuilder::builder()
{
    const QJsonObject schema = SchemaBuilder()
                                   .seconds({QStringLiteral("z"), QStringLiteral("Z"), QStringLiteral("zz"), 1.5}, 10)
                                   .choice({QStringLiteral("a"), QStringLiteral("A"), QStringLiteral("aa")},
                                           {QStringLiteral("x"), QStringLiteral("y")})
                                   .takesSecrets(QStringLiteral("a"))
                                   .schema();
    QCOMPARE(schema, QJsonDocument::fromJson(R"({"type": "object", "additionalProperties": false, "properties": {
        "z": {"type": "number", "minimum": 0, "maximum": 10, "x-unit": "s", "default": 1.5, "title": "Z", "description": "zz",
              "x-order": 0},
        "a": {"type": "string", "enum": ["x", "y"], "title": "A", "description": "aa", "x-order": 1,
              "x-secret": true}}})")
                         .object());
}

QTEST_GUILESS_MAIN(TestSchemaBuilder)
#include "tst_schema_builder.moc"
