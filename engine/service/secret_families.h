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
    /// It has left its thread for longer: to wait for a person, or for good. While it waits it is in the family as long
    /// as others are, or as something is known: what that was may be replaced meanwhile, and it may tell it later.
    void left(ExecutionId id, bool isPaused);

    /// How many executions it knows of.
    qsizetype known() const;

private:
    struct Membership
    {
        std::shared_ptr<FamilySecrets> kept = {}; ///< null: only while others keep it
        std::weak_ptr<FamilySecrets> family = kept;
        ExecutionId root = 0; ///< 0: itself
        bool isOver = false;  ///< a root that is never taken up again, so that nobody says that it has left
    };
    struct Root
    {
        ExecutionId id = 0;
        bool isOver = false;
    };

    std::shared_ptr<FamilySecrets> enter(ExecutionId id, ExecutionId root, std::shared_ptr<FamilySecrets> family);
    void forgetExpired();
    Root rootOf(ExecutionId id) const;
    std::shared_ptr<FamilySecrets> familyOf(ExecutionId root, bool isNew) const;

    const ExecutionStore &m_executions;
    const FlowStore &m_flows;
    const TaskTypes &m_types;
    mutable std::mutex m_mutex;
    QHash<ExecutionId, Membership> m_members; ///< that run, sleep or are paused, and their roots
    qsizetype m_tidyAt = 64;
};

} // namespace flow
