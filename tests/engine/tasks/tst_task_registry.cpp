// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/config_schema.h"
#include "support/flow_test.h"
#include "tasks/task_registry.h"

using namespace flow;

class TestTaskRegistry : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void addAndCreate();
    void refuses_data();
    void refuses();
    void builtIn_data();
    void builtIn();
    void builtInAreAllListed();
};

namespace {

class EmptyTask final : public BaseTask
{
public:
    TaskResult execute(TaskRun &) override { return TaskResult::success(); }
};

std::unique_ptr<BaseTask> makeEmpty()
{
    return std::make_unique<EmptyTask>();
}

} // namespace

void TestTaskRegistry::addAndCreate()
{
    TaskRegistry registry;
    QVERIFY(registry.add({.name = QStringLiteral("x"), .title = QStringLiteral("X")}, makeEmpty).ok());
    QCOMPARE(registry.types().value(QStringLiteral("x")).title, QStringLiteral("X"));
    const std::unique_ptr<BaseTask> first = registry.create(QStringLiteral("x"));
    const std::unique_ptr<BaseTask> second = registry.create(QStringLiteral("x"));
    QVERIFY(first && second && first != second);
    QVERIFY(!registry.create(QStringLiteral("y")));
}

void TestTaskRegistry::refuses_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("withFactory");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("text");
    QTest::newRow("name taken") << QStringLiteral("x") << true << ErrorCode::Conflict
                                << QStringLiteral("task type 'x' is already registered");
    QTest::newRow("no name") << QString() << true << ErrorCode::Internal << QStringLiteral("a task type needs a name");
    QTest::newRow("no factory") << QStringLiteral("y") << false << ErrorCode::Internal
                                << QStringLiteral("task type 'y' has nothing to run");
}

void TestTaskRegistry::refuses()
{
    QFETCH(QString, name);
    QFETCH(bool, withFactory);
    QFETCH(ErrorCode, code);
    QFETCH(QString, text);
    TaskRegistry registry;
    QVERIFY(registry.add({.name = QStringLiteral("x"), .title = QStringLiteral("first")}, makeEmpty).ok());
    const Result<void> added =
        registry.add({.name = name}, withFactory ? TaskRegistry::Factory(makeEmpty) : TaskRegistry::Factory());
    QVERIFY(!added.ok());
    QCOMPARE(added.error().code, code);
    QCOMPARE(added.error().text(), text);
    QCOMPARE(registry.types().size(), 1);
    QCOMPARE(registry.types().first().title, QStringLiteral("first"));
}

void TestTaskRegistry::builtIn_data()
{
    QTest::addColumn<TaskType>("type");
    const TaskTypes types = builtInTasks().types();
    for (const TaskType &type : types)
        QTest::newRow(qPrintable(type.name)) << type;
}

/// What palette, forms and documentation need of each type.
void TestTaskRegistry::builtIn()
{
    QFETCH(TaskType, type);
    for (const QString &text : {type.title, type.description, type.group, type.icon, type.help})
        QVERIFY(!text.isEmpty());
    QVERIFY(builtInTasks().create(type.name) != nullptr);
    QCOMPARE(type.configSchema.value(u"type").toString(), QStringLiteral("object"));
    QCOMPARE(type.configSchema.value(u"additionalProperties"), QJsonValue(false));
    const QJsonObject properties = type.configSchema.value(u"properties").toObject();
    for (const QJsonValue &property : properties) {
        QVERIFY(!property.toObject().value(u"title").toString().isEmpty());
        QVERIFY(!property.toObject().value(u"description").toString().isEmpty());
        QVERIFY(property.toObject().contains(QStringLiteral("type")));
    }
    // A card dropped from the palette runs as it is, but for what nobody can know.
    for (const Error &error : checkConfig(type.configSchema, withDefaults(type.configSchema, {})))
        QVERIFY2(error.code == ErrorCode::MissingField, qPrintable(error.text()));
}

void TestTaskRegistry::builtInAreAllListed()
{
    QCOMPARE(builtInTasks().types().keys().join(u' '),
             QStringLiteral(
                 "delay fail for_each log noop parallel run_command run_flow send_notification set_variables task1 task2 task3 validate_data"));
    const TaskTypes types = builtInTasks().types();
    QCOMPARE(types[QStringLiteral("task1")].description, QStringLiteral("Fetch data from source"));
    QCOMPARE(types[QStringLiteral("task2")].description, QStringLiteral("Process and transform data"));
    QCOMPARE(types[QStringLiteral("task3")].description, QStringLiteral("Store processed data"));
}

QTEST_GUILESS_MAIN(TestTaskRegistry)
#include "tst_task_registry.moc"
