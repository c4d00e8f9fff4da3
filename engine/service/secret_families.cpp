// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/secret_families.h"

#include "service/family_secret_names.h"

namespace flow {

SecretFamilies::SecretFamilies(const ExecutionStore &executions, const FlowStore &flows, const TaskTypes &types)
    : m_executions(executions)
    , m_flows(flows)
    , m_types(types)
{
}

std::shared_ptr<FamilySecrets> SecretFamilies::of(ExecutionId id, ExecutionId parent, bool isNew)
{
    {
        const std::lock_guard lock(m_mutex);
        std::shared_ptr<FamilySecrets> known = m_families.value(id);
        if (!known && parent != 0)
            known = m_families.value(parent);
        if (known || parent == 0) {
            std::shared_ptr<FamilySecrets> &family = m_families[id];
            family = known ? known : familyOf(id, isNew);
            return family;
        }
    }
    // Its program has died, or its parent is paused or over. Whoever is taken up next, perhaps the root, shares it.
    const ExecutionId root = rootOf(parent);
    const std::lock_guard lock(m_mutex);
    std::shared_ptr<FamilySecrets> &ofRoot = m_families[root];
    if (!ofRoot)
        ofRoot = familyOf(root, false);
    const std::shared_ptr<FamilySecrets> family = ofRoot;
    m_families.insert(id, family);
    return family;
}

void SecretFamilies::left(ExecutionId id, bool isPaused)
{
    const std::lock_guard lock(m_mutex);
    const auto family = m_families.constFind(id);
    if (family == m_families.constEnd())
        return;
    // One that goes on later may tell what was replaced meanwhile; where nothing is known, nothing can be forgotten.
    if (!isPaused || (family->use_count() == 1 && (*family)->redactor()->isEmpty()))
        m_families.erase(family);
}

/// Where the records end is as good.
ExecutionId SecretFamilies::rootOf(ExecutionId id) const
{
    for (;;) {
        const Result<Execution> execution = m_executions.get(id);
        if (!execution || !execution->parent)
            return id;
        id = execution->parent->id;
    }
}

std::shared_ptr<FamilySecrets> SecretFamilies::familyOf(ExecutionId root, bool isNew) const
{
    if (isNew)
        return std::make_shared<FamilySecrets>();
    return std::make_shared<FamilySecrets>(
        [this, root] { return familySecretNames(root, m_executions, m_flows, m_types); });
}

} // namespace flow
