// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution_fixture.h"
#include "support/flow_test.h"

#include <limits>

using namespace flow;
using namespace flow::test;

/// Whatever a task gives comes back the same, or is refused.
class TestStoredValues : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void values_data();
    void values();
    void unstorableData();
};

void TestStoredValues::values_data()
{
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("null") << QJsonValue(QJsonValue::Null);
    QTest::newRow("true") << QJsonValue(true);
    QTest::newRow("text") << QJsonValue(QStringLiteral("with \"quotes\", \\ and \n"));
    QTest::newRow("empty text") << QJsonValue(QStringLiteral(""));
    QTest::newRow("U+0000") << QJsonValue(QStringLiteral("a") + QChar(u'\0') + u'b');
    QTest::newRow("beyond the plane") << QJsonValue(QStringLiteral("𝄞"));
    QTest::newRow("64 bits") << QJsonValue(std::numeric_limits<qint64>::min());
    QTest::newRow("fraction") << QJsonValue(0.1);
    QTest::newRow("large") << QJsonValue(1e300);
    QTest::newRow("list") << QJsonValue(QJsonArray{1, QStringLiteral("[{"), QJsonObject()});
    QTest::newRow("object") << QJsonValue(QJsonObject{{QStringLiteral(""), QJsonArray()}});
    QTest::newRow("1 MiB") << QJsonValue(QString(1024 * 1024, u'x'));
    QJsonValue deep = 1;
    for (int level = 0; level < 900; ++level)
        deep = QJsonArray{deep};
    QTest::newRow("900 levels") << deep;
}

void TestStoredValues::values()
{
    QFETCH(QJsonValue, value);
    Fixture f;
    const QJsonObject input{{QStringLiteral("value"), value}};
    const ExecutionId id = f.running(input);
    VERIFY_OK(f.store.attemptStarted(attemptStart(id, 1, step1)));
    VERIFY_OK(f.store.executionEnded(attemptEnd(id, 1, value), executionEnd(id)));
    QCOMPARE(f.store.taskExecutions(id)->first().outputData, value);
    QCOMPARE(f.store.taskExecutions(id)->first().inputData, input);
    QCOMPARE(f.store.get(id)->outputData->value(step1).toObject().value(QStringLiteral("data")), value);
}

void TestStoredValues::unstorableData()
{
    Fixture f;
    const ExecutionId id = f.running();
    VERIFY_OK(f.store.attemptStarted(attemptStart(id, 1, step1)));
    QJsonValue deep = 1;
    for (int level = 0; level < 1100; ++level)
        deep = QJsonArray{deep};
    QCOMPARE(f.store.attemptEnded(attemptEnd(id, 1, deep), {}).error().code, ErrorCode::TooDeep);
    QCOMPARE(f.store.create(a, f.revision, {{QStringLiteral("deep"), deep}}).error().code, ErrorCode::TooDeep);
    QCOMPARE(word(f.store.taskExecutions(id)->first().status), word(TaskStatus::Running));

    // Texts that no database keeps whole come back with U+FFFD and ? in their place.
    AttemptEnd end = attemptEnd(id, 1);
    end.status = TaskStatus::Failure;
    end.error = QStringLiteral("a") + QChar(u'\0') + QChar(0xd800) + u'b';
    VERIFY_OK(f.store.attemptEnded(end, {}));
    QCOMPARE(f.store.taskExecutions(id)->first().errorMessage, QStringLiteral("a\ufffd?b"));
}

QTEST_GUILESS_MAIN(TestStoredValues)
#include "tst_stored_values.moc"
