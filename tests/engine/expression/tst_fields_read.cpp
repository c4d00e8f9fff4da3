// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/template.h"
#include "support/flow_test.h"

using namespace flow;

/// What expressions read of one variable that is a map, known without evaluating them.
class TestFieldsRead : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void expression_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("read");
        const auto row = [](const char *text, const char *read) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(read);
        };
        row("1 + 1", "");
        row("input.secret", "");
        row("secret.a", "a");
        row("secret['a b']", "a b");
        row("secret.a + secret.b + secret.a", "a b");
        row("secret.a.b", "a");
        row("has(secret.a)", "a");
        row("secret.a == '' ? secret.b : 'x'", "a b");
        row("secret.a.startsWith('x')", "a");
        row("[1].map(x, secret.a + string(x))", "a");
        row("{'k': secret.a}", "a");
        row(".secret.a", "a");
        row("[{'a': 1}].map(secret, secret.a)", "");
        row("[{'a': 1}].map(secret, .secret.a)", "a");
        row("secret", "*");
        row("secret[input.name]", "*");
        row("secret[1]", "*");
        row("size(secret)", "*");
        row("'a' in secret", "*");
        row("secret.map(name, name)", "*");
        row("secret.a + string(size(secret))", "a *");
    }
    void expression()
    {
        QFETCH(QString, text);
        const auto parsed = Expression::parse(text);
        QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().text()));
        const FieldsRead read = parsed->fieldsRead(QStringLiteral("secret"));
        QTEST((read.names + (read.isWhole ? QStringList{QStringLiteral("*")} : QStringList())).join(u' '), "read");
    }

    void template_()
    {
        const QJsonObject config{{QStringLiteral("a"), QStringLiteral("${secret.x} and ${secret.y}, $${secret.z}")},
                                 {QStringLiteral("b"), QJsonArray{1, QStringLiteral("${input.x}")}},
                                 {QStringLiteral("c"), QJsonArray{1, QStringLiteral("${secret}")}}};
        const auto compiled = Template::compile(config, FieldPath(QStringLiteral("config")));
        QVERIFY(compiled);
        const QList<Template::Reading> readings = compiled->readings(QStringLiteral("secret"));
        QCOMPARE(readings.size(), 2);
        QCOMPARE(readings[0].path.toString(), QStringLiteral("config.a"));
        QCOMPARE(readings[0].fields.names, (QStringList{QStringLiteral("x"), QStringLiteral("y")}));
        QVERIFY(!readings[0].fields.isWhole);
        QCOMPARE(readings[1].path.toString(), QStringLiteral("config.c[1]"));
        QCOMPARE(readings[1].steps, (QList<FieldPath::Step>{{QStringLiteral("c")}, {QString(), 1}}));
        QVERIFY(readings[1].fields.isWhole);
    }
};

QTEST_GUILESS_MAIN(TestFieldsRead)
#include "tst_fields_read.moc"
