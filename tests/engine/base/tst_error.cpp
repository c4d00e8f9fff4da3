// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "support/flow_test.h"

using namespace flow;

class TestError : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void text_data();
    void text();
};

void TestError::text_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<QString>("text");

    const FieldPath attempts =
        FieldPath(QStringLiteral("tasks")) / 2 / QStringLiteral("retry") / QStringLiteral("max_attempts");
    QTest::newRow("reason only") << Error{.reason = QStringLiteral("disk is full")} << QStringLiteral("disk is full");
    QTest::newRow("everything")
        << Error{.reason = QStringLiteral("must be a whole number from 1 to 100"),
                 .path = attempts,
                 .value = QStringLiteral("\"x\""),
                 .file = QStringLiteral("orders.flow.json"),
                 .line = 12}
        << QStringLiteral(
               "orders.flow.json:12: tasks[2].retry.max_attempts = \"x\": must be a whole number from 1 to 100");
    QTest::newRow("line without file") << Error{.reason = QStringLiteral("expected a value"), .line = 3}
                                       << QStringLiteral("line 3: expected a value");
    QTest::newRow("key that needs quotes")
        << Error{.reason = QStringLiteral("unknown field"),
                 .path = FieldPath(QStringLiteral("config")) / QStringLiteral("a \"b\".c")}
        << QStringLiteral("config[\"a \\\"b\\\".c\"]: unknown field");
}

void TestError::text()
{
    QFETCH(Error, error);
    QFETCH(QString, text);
    QCOMPARE(error.text(), text);
}

QTEST_GUILESS_MAIN(TestError)
#include "tst_error.moc"
