// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage_fixture.h"
#include "support/flow_test.h"

#include <random>
#include <thread>
#include <vector>

using namespace flow;
using namespace flow::test;

namespace {

/// Does random things to flows and executions, sensible and senseless ones.
class RandomUser
{
public:
    RandomUser(TestDatabase &database, unsigned seed, const QString &owner = {})
        : m_flows(*database)
        , m_executions(*database, owner)
        , m_random(seed)
    {
    }

    void act()
    {
        switch (number(12)) {
        case 0:
            keep(m_flows.create(chain(flowId())));
            break;
        case 1:
            m_flows.remove(flowId()).ok();
            break;
        case 2:
        case 3:
            changeFlow();
            break;
        case 4:
        case 5:
        case 6:
            createExecution();
            break;
        case 7:
        case 8:
            m_executions.executionStarted(execution(), at(0)).ok();
            break;
        case 9:
        case 10:
            end();
            break;
        default:
            if (number(20) == 0)
                m_executions.releaseLeftBehind().ok();
        }
    }

private:
    int number(int below) { return int(m_random() % unsigned(below)); }
    FlowId flowId() { return QStringLiteral("flow-%1").arg(number(4)); }
    ExecutionId execution() { return m_known.empty() ? 1 : m_known[size_t(number(int(m_known.size())))]; }
    void keep(const Result<StoredFlow> &flow) { m_flow = flow ? std::optional(*flow) : m_flow; }

    void changeFlow()
    {
        const bool active = number(2) == 0;
        const bool refuse = number(5) == 0;
        keep(m_flows.update(flowId(), [&](StoredFlow &flow) -> Result<void> {
            flow.isActive = active;
            if (refuse)
                return Error{.code = ErrorCode::NotAllowed, .reason = QStringLiteral("no")};
            return {};
        }));
    }

    void createExecution()
    {
        if (!m_flow)
            return;
        const Result<Execution> made = m_executions.create(m_flow->file.flow.id, m_flow->revision, {});
        if (made)
            m_known.push_back(made->id);
    }

    void end()
    {
        const std::array<ExecutionStatus, 4> ends{ExecutionStatus::Completed, ExecutionStatus::Failure,
                                                  ExecutionStatus::Cancelled, ExecutionStatus::Interrupted};
        m_executions.executionEnded({}, executionEnd(execution(), ends[size_t(number(4))])).ok();
    }

    FlowStore m_flows;
    ExecutionStore m_executions;
    std::mt19937 m_random;
    std::optional<StoredFlow> m_flow;
    std::vector<ExecutionId> m_known;
};

} // namespace

/// The totals that lists show are kept, not counted: here they are counted.
class TestKeptTotals : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void afterRandomActions_data();
    void afterRandomActions();
    void afterRandomActionsOfManyThreads();
};

void TestKeptTotals::afterRandomActions_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 20; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestKeptTotals::afterRandomActions()
{
    QFETCH(unsigned, seed);
    TestDatabase database;
    RandomUser user(database, seed);
    for (int round = 0; round < 10; ++round) {
        for (int action = 0; action < 20; ++action)
            user.act();
        QCOMPARE(wrongTotals(database), QString());
        ExecutionStore store(*database);
        const Result<Page<Execution>> all = store.list({.perPage = 1000});
        QCOMPARE(all->total, all->items.size());
        for (const ExecutionStatus status : {ExecutionStatus::Pending, ExecutionStatus::Interrupted}) {
            const Result<Page<Execution>> some =
                store.list({.flowId = QStringLiteral("flow-1"), .status = status, .perPage = 1000});
            QCOMPARE(some->total, some->items.size());
        }
        const Result<Page<StoredFlow>> flows = FlowStore(*database).list({.perPage = 1000, .activeOnly = true});
        QCOMPARE(flows->total, flows->items.size());
    }
}

void TestKeptTotals::afterRandomActionsOfManyThreads()
{
    TestDatabase database;
    for (unsigned round = 0; round < 5; ++round) {
        std::vector<std::thread> users;
        for (unsigned number = 1; number <= 8; ++number) {
            users.emplace_back([&database, number, round] {
                RandomUser user(database, round * 100 + number);
                for (int action = 0; action < 60; ++action)
                    user.act();
            });
        }
        for (std::thread &user : users)
            user.join();
        QCOMPARE(wrongTotals(database), QString());
    }
}

QTEST_GUILESS_MAIN(TestKeptTotals)
#include "tst_kept_totals.moc"
