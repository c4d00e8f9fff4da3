// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/secret_families.h"
#include "storage/database.h"
#include "support/flow_test.h"

#include <QTemporaryDir>

using namespace flow;

namespace {

/// Executions of one flow, and which of them share what.
struct World
{
    World()
    {
        Flow flow;
        flow.id = QStringLiteral("x");
        flow.name = QStringLiteral("X");
        flow.startTask = QStringLiteral("a");
        const auto made = flows.create({flow, {}});
        if (!made)
            qFatal("%s", qPrintable(made.error().text()));
        revision = made->revision;
    }

    ExecutionId created(ExecutionId parent = 0)
    {
        Execution execution;
        execution.flowId = QStringLiteral("x");
        execution.revision = revision;
        if (parent != 0) { // only one that runs starts others
            executions.executionStarted(parent, {}).ok();
            execution.parent = ExecutionParent{.id = parent, .sequenceNumber = 1};
        }
        const auto made = executions.create(execution, {});
        if (!made)
            qFatal("%s", qPrintable(made.error().text()));
        return made->id;
    }

    void ended(ExecutionId id)
    {
        const auto ended = executions.executionEnded({}, {.executionId = id, .status = ExecutionStatus::Completed});
        if (!ended)
            qFatal("%s", qPrintable(ended.error().text()));
    }

    QTemporaryDir folder;
    std::unique_ptr<Database> database = Database::open({folder.filePath(QStringLiteral("flows.db"))}).value();
    FlowStore flows{*database};
    ExecutionStore executions{*database, QStringLiteral("self")};
    TaskTypes types;
    RevisionId revision;
    SecretFamilies families{executions, flows, types};
};

} // namespace

/// Which executions share what they know of secrets, and for how long.
class TestSecretFamilies : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void forgets_data();
    void forgets();
    void ofTheRootToo_data();
    void ofTheRootToo();
    void aPausedOneStaysInItsFamily();
    void manyPausedOnesCostNothing();
    void manyOfRootsThatAreOverCostNothing();
};

void TestSecretFamilies::forgets_data()
{
    QTest::addColumn<bool>("isPaused");
    QTest::addColumn<bool>("knows");
    QTest::addColumn<bool>("stays");
    QTest::newRow("over, knows something") << false << true << false;
    QTest::newRow("over") << false << false << false;
    QTest::newRow("paused, knows something") << true << true << true;
    QTest::newRow("paused") << true << false << false;
}

void TestSecretFamilies::forgets()
{
    QFETCH(bool, isPaused);
    QFETCH(bool, knows);
    World world;
    const ExecutionId id = world.created();
    std::shared_ptr<FamilySecrets> order = world.families.of(id, 0, true); // which is there until all are told
    if (knows)
        order->add(QStringLiteral("a"), QStringLiteral("value"));
    world.families.left(id, isPaused);
    const std::weak_ptr<FamilySecrets> family = order;
    order.reset();
    QTEST(!family.expired(), "stays");
    if (!family.expired())
        QCOMPARE(world.families.of(id, 0), family.lock());
}

void TestSecretFamilies::ofTheRootToo_data()
{
    QTest::addColumn<bool>("knows");
    QTest::addColumn<bool>("isRootOver");
    QTest::addColumn<bool>("stays");
    QTest::newRow("knows something") << true << false << true; // the root may tell it later
    QTest::newRow("knows nothing") << false << false << false;
    QTest::newRow("knows something, the root is over") << true << true << false;
}

/// A child is taken up here, and its root is not, or later.
void TestSecretFamilies::ofTheRootToo()
{
    QFETCH(bool, knows);
    QFETCH(bool, isRootOver);
    World world;
    const ExecutionId root = world.created();
    const ExecutionId child = world.created(root);
    if (isRootOver)
        world.ended(root);
    std::shared_ptr<FamilySecrets> order = world.families.of(child, root);
    QCOMPARE(world.families.of(child, root), order);
    if (knows)
        order->add(QStringLiteral("a"), QStringLiteral("value"));
    world.families.left(child, false);
    const std::weak_ptr<FamilySecrets> family = order;
    order.reset();
    QTEST(!family.expired(), "stays");
    if (!family.expired())
        QCOMPARE(world.families.of(root, 0), family.lock());
}

void TestSecretFamilies::aPausedOneStaysInItsFamily()
{
    World world;
    const ExecutionId root = world.created();
    std::shared_ptr<FamilySecrets> family = world.families.of(root, 0, true);
    const std::shared_ptr<FamilySecrets> child = world.families.of(root + 1, root, true);
    QCOMPARE(child, family);
    world.families.left(root, true);
    child->add(QStringLiteral("a"), QStringLiteral("value")); // it was given a secret after that
    world.families.left(root + 1, false);
    QCOMPARE(world.families.of(root, 0), child);
}

void TestSecretFamilies::manyPausedOnesCostNothing()
{
    World world;
    for (ExecutionId id = 1; id <= 1000; ++id) {
        const std::shared_ptr<FamilySecrets> order = world.families.of(id, 0, true);
        world.families.left(id, true);
    }
    QVERIFY(world.families.known() < 100);
}

/// Children that their roots have let go, and that go on in another program than before.
void TestSecretFamilies::manyOfRootsThatAreOverCostNothing()
{
    World world;
    for (int count = 0; count < 150; ++count) {
        const ExecutionId root = world.created();
        const ExecutionId child = world.created(root);
        world.ended(root);
        const std::shared_ptr<FamilySecrets> order = world.families.of(child, root);
        order->add(QStringLiteral("a"), QStringLiteral("value"));
        world.families.left(child, false);
    }
    QVERIFY(world.families.known() < 100);
}

QTEST_GUILESS_MAIN(TestSecretFamilies)
#include "tst_secret_families.moc"
