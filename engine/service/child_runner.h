// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/attempt_children.h"
#include "tasks/child_flows.h"

namespace flow {

/// Runs flows for tasks as executions of their own, on the threads of the same pool. Any execution thread.
class ChildRunner final : public ChildFlows
{
public:
    ChildRunner(const ChildStarter::Stores &stores, ChildCalls calls, ChildFamilies &families)
        : m_stores(stores)
        , m_calls(std::move(calls))
        , m_families(families)
    {
    }

    Result<ChildOutcome> run(const ChildPlan &plan, const TaskRun &run) override
    {
        return std::make_shared<AttemptChildren>(m_stores, m_calls, m_families, plan, run)->run();
    }

private:
    const ChildStarter::Stores m_stores;
    const ChildCalls m_calls;
    ChildFamilies &m_families;
};

} // namespace flow
