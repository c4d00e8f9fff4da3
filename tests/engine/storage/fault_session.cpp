// SPDX-License-Identifier: GPL-3.0-or-later
#include "fault_session.h"

#include <array>
#include <atomic>
#include <thread>

namespace flow::test {

namespace {

const FlowId first = QStringLiteral("first");
const FlowId second = QStringLiteral("second");
const QString unsaved = QStringLiteral("only run, never saved");

} // namespace

FaultSession::FaultSession(const QString &file)
    : m_file(file)
{
}

FaultSession::~FaultSession() = default;

void FaultSession::run()
{
    if (!open() && !open()) // a person would try it again once
        return;
    saveFlows();
    executeOne(first, true);
    executeOne(first, false);
    createSeveralAtOnce();
    deleteOne();
    interruptOne();
    look();
    close();
    if (!open() && !open())
        return;
    executeOne(first, true);
    look();
    close();
}

bool FaultSession::open()
{
    Result<std::unique_ptr<Database>> opened = Database::open({m_file});
    if (!told("open", opened))
        return false;
    m_database = *std::move(opened);
    m_flows = std::make_unique<FlowStore>(*m_database);
    m_executions = std::make_unique<ExecutionStore>(*m_database, QStringLiteral("me"));
    return true;
}

void FaultSession::close()
{
    m_executions.reset();
    m_flows.reset();
    m_database.reset();
}

void FaultSession::saveFlows()
{
    if (told("create a flow", m_flows->create(chain(first))))
        m_keptFlows[first].version = 1;
    if (told("save a flow", m_flows->save(chain(first, 3))))
        ++m_keptFlows[first].version;
    if (told("save another flow", m_flows->save(chain(second))))
        m_keptFlows[second].version = 1;
    const Result<RevisionId> revision = m_flows->keepRevision(chain(first, 2, unsaved));
    if (told("keep a revision", revision))
        m_revisions.append(*revision);
}

void FaultSession::executeOne(const FlowId &flow, bool touchesWorld)
{
    const Result<StoredFlow> stored = m_flows->get(flow);
    if (!m_keptFlows.contains(flow) || !told("read a flow", stored))
        return;
    const Result<Execution> made = m_executions->create(flow, stored->revision, {});
    if (!told("create an execution", made))
        return;
    m_keptSteps[made->id] = 0;
    m_flowOf[made->id] = flow;
    for (int step = 1; step <= lastStep; ++step) {
        m_executions->appendLog({{made->id, at(step), TaskLogged{QStringLiteral("step 1"), LogLevel::Info, flow}}});
        if (!told("journal a step", doStep(*m_executions, made->id, step, touchesWorld)))
            return;
        m_keptSteps[made->id] = step;
    }
}

/// The writer is held up until four wait for it: they share a transaction. One of them is refused.
void FaultSession::createSeveralAtOnce()
{
    const Result<StoredFlow> stored = m_flows->get(first);
    if (!m_keptFlows.contains(first) || !told("read a flow", stored))
        return;
    std::array<std::optional<Result<Execution>>, 4> made;
    std::atomic<bool> held = false;
    std::vector<std::thread> callers;
    callers.emplace_back([&] {
        m_database->writer()
            .run([&](WriteTransaction &) {
                held = true;
                held.notify_all();
                while (m_database->writer().queued() < made.size())
                    std::this_thread::yield();
                return Result<void>();
            })
            .ok();
        held = true; // when it could not even begin
        held.notify_all();
    });
    held.wait(false);
    for (size_t number = 0; number < made.size(); ++number) {
        callers.emplace_back([&, number] {
            const RevisionId revision = number == 2 ? QStringLiteral("none") : stored->revision;
            made[number] = m_executions->create(first, revision, {});
        });
    }
    for (std::thread &caller : callers)
        caller.join();
    for (const std::optional<Result<Execution>> &answer : made) {
        const Result<Execution> &one = *answer;
        if (!one && one.error().code == ErrorCode::NotFound)
            continue; // as it has to be
        if (told("create an execution among others", one)) {
            m_keptSteps[one->id] = 0;
            m_flowOf[one->id] = first;
        }
    }
}

void FaultSession::deleteOne()
{
    executeOne(second, false);
    if (!m_keptFlows.contains(second))
        return;
    m_keptFlows[second].removed = told("delete a flow", m_flows->remove(second));
    m_keptFlows[second].mayBeRemoved = true;
}

/// Another program began one and died.
void FaultSession::interruptOne()
{
    const Result<StoredFlow> stored = m_flows->get(first);
    if (!m_keptFlows.contains(first) || !told("read a flow", stored))
        return;
    ExecutionStore other(*m_database, QStringLiteral("other"));
    const Result<Execution> made = other.create(first, stored->revision, {});
    if (!told("create an execution elsewhere", made))
        return;
    m_flowOf[made->id] = first;
    m_keptSteps[made->id] = 0;
    for (int step = 1; step <= 2; ++step) {
        if (!told("journal a step elsewhere", doStep(other, made->id, step, true)))
            return;
        m_keptSteps[made->id] = step;
    }
    const auto whoIsDead = [](QStringList owners) {
        owners.removeAll(QStringLiteral("me"));
        return owners;
    };
    if (told("release what was left behind", m_executions->releaseLeftBehind(whoIsDead)))
        m_interrupted.insert(made->id);
}

void FaultSession::look()
{
    told("list flows", m_flows->list({}));
    told("list executions", m_executions->list({}));
    if (!m_keptSteps.empty())
        told("read a log", m_executions->log(m_keptSteps.begin()->first));
}

QString FaultSession::lost(TestDatabase &database) const
{
    for (const RevisionId &revision : m_revisions) {
        if (!FlowStore(*database).revision(revision))
            return QStringLiteral("a kept revision");
    }
    const QString flows = lostFlows(database);
    return flows.isEmpty() ? lostExecutions(database) : flows;
}

QString FaultSession::lostFlows(TestDatabase &database) const
{
    for (const auto &[id, kept] : m_keptFlows) {
        const Result<StoredFlow> stored = FlowStore(*database).get(id);
        const bool isGone = !stored && stored.error().code == ErrorCode::NotFound;
        if (kept.removed != isGone && !(kept.mayBeRemoved && isGone))
            return QStringLiteral("flow %1: %2").arg(id, stored ? QStringLiteral("back") : stored.error().text());
        if (stored && stored->version < kept.version)
            return QStringLiteral("version %1 of flow %2").arg(kept.version).arg(id);
    }
    return {};
}

QString FaultSession::lostExecutions(TestDatabase &database) const
{
    const ExecutionStore store(*database);
    for (const auto &[id, kept] : m_keptSteps) {
        const KeptFlow &flow = m_keptFlows.at(m_flowOf.at(id));
        const int step = stepOf(store, id);
        if (flow.removed ? step != -1 : step < kept && !(flow.mayBeRemoved && step == -1))
            return QStringLiteral("execution %1: step %2 is kept, told was %3").arg(id).arg(step).arg(kept);
        if (m_interrupted.contains(id) && store.get(id)->status != ExecutionStatus::Interrupted)
            return QStringLiteral("execution %1 is not interrupted").arg(id);
    }
    return {};
}

} // namespace flow::test
