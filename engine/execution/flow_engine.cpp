// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/flow_engine.h"

#include "execution/execution_run.h"

namespace flow {

FlowEngine::FlowEngine(const TaskRegistry &registry, ExecutionJournal &journal, const Clock &clock, Listener listener,
                       Watchdog *watchdog)
    : m_registry(registry)
    , m_journal(journal)
    , m_clock(clock)
    , m_listener(std::move(listener))
    , m_ownWatchdog(watchdog ? nullptr : std::make_unique<Watchdog>())
    , m_watchdog(watchdog ? watchdog : m_ownWatchdog.get())
{
}

FlowEngine::~FlowEngine() = default;

ExecutionOutcome FlowEngine::run(const ExecutionOrder &order)
{
    return ExecutionRun(m_registry, m_journal, m_clock, m_listener, *m_watchdog, order).run();
}

} // namespace flow
