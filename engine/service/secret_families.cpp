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
        Membership known = m_members.value(id);
        std::shared_ptr<FamilySecrets> family = known.family.lock();
        if (!family && parent != 0) {
            known = m_members.value(parent);
            family = known.family.lock();
            if (known.root == 0)
                known.root = parent;
        }
        if (family || parent == 0)
            return enter(id, known.root, family ? family : familyOf(id, isNew));
    }
    // Its program has died, or its parent is paused or over. Whoever is taken up next, perhaps the root, shares it.
    const Root root = rootOf(parent);
    const std::lock_guard lock(m_mutex);
    std::shared_ptr<FamilySecrets> family = m_members.value(root.id).family.lock();
    if (!family) {
        family = familyOf(root.id, false);
        m_members.insert(root.id, {.family = family, .isOver = root.isOver});
    }
    return enter(id, root.id, family);
}

std::shared_ptr<FamilySecrets> SecretFamilies::enter(ExecutionId id, ExecutionId root,
                                                     std::shared_ptr<FamilySecrets> family)
{
    m_members.insert(id, {.kept = family, .root = root});
    forgetExpired();
    return family;
}

/// Now and then: those that wait for a person may be many.
void SecretFamilies::forgetExpired()
{
    if (m_members.size() < m_tidyAt)
        return;
    m_members.removeIf([](const auto &member) { return member.value().family.expired(); });
    m_tidyAt = 64 + 2 * m_members.size();
}

void SecretFamilies::left(ExecutionId id, bool isPaused)
{
    const std::lock_guard lock(m_mutex);
    const auto member = m_members.find(id);
    if (member == m_members.end())
        return;
    const std::shared_ptr<FamilySecrets> family = member->kept;
    const ExecutionId root = member->root;
    if (isPaused)
        member->kept.reset();
    else
        m_members.erase(member);
    if (!family || family->redactor()->isEmpty())
        return;
    if (isPaused)
        m_members[id].kept = family;
    // The root may be taken up here later, and tell what this one was given.
    const auto ofRoot = m_members.find(root);
    if (ofRoot != m_members.end() && !ofRoot->isOver && ofRoot->family.lock() == family)
        ofRoot->kept = family;
}

qsizetype SecretFamilies::known() const
{
    const std::lock_guard lock(m_mutex);
    return m_members.size();
}

/// Where the records end is as good.
SecretFamilies::Root SecretFamilies::rootOf(ExecutionId id) const
{
    for (;;) {
        const Result<Execution> execution = m_executions.get(id);
        if (!execution) // one that cannot be read just now may still be taken up
            return {.id = id, .isOver = execution.error().code == ErrorCode::NotFound};
        if (!execution->parent)
            return {.id = id, .isOver = isFinished(execution->status)};
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
