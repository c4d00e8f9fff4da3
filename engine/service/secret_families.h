// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "execution/flow_engine.h"
#include "storage/execution_store.h"
#include "storage/flow_store.h"

#include <QHash>

#include <mutex>

namespace flow {

/// Which executions of this program share what they know of secrets: see FamilySecrets. Any thread.
class SecretFamilies
{
public:
    SecretFamilies(const ExecutionStore &executions, const FlowStore &flows, const TaskTypes &types);

    /// The family of an execution that is about to run here; `parent` is 0 for one that nobody has started. Of one that
    /// `isNew` nothing has run before, neither itself nor one that it resumes.
    std::shared_ptr<FamilySecrets> of(ExecutionId id, ExecutionId parent, bool isNew = false);
    /// It has left its thread for longer: to wait for a person, or for good.
    void left(ExecutionId id, bool isPaused);

private:
    ExecutionId rootOf(ExecutionId id) const;
    std::shared_ptr<FamilySecrets> familyOf(ExecutionId root, bool isNew) const;

    const ExecutionStore &m_executions;
    const FlowStore &m_flows;
    const TaskTypes &m_types;
    std::mutex m_mutex;
    QHash<ExecutionId, std::shared_ptr<FamilySecrets>> m_families; ///< of those that run, sleep or are paused
};

} // namespace flow
