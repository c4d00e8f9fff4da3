// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/child_families.h"

namespace flow {

void ChildFamilies::begin(ExecutionId parent, const std::weak_ptr<ChildListener> &listener)
{
    const std::lock_guard lock(m_mutex);
    m_families[parent] = {listener, {}};
}

void ChildFamilies::end(ExecutionId parent)
{
    const std::lock_guard lock(m_mutex);
    for (const ExecutionId child : m_families[parent].children)
        m_parents.erase(child);
    m_families.erase(parent);
}

bool ChildFamilies::isListening(ExecutionId parent) const
{
    const std::lock_guard lock(m_mutex);
    return m_families.contains(parent);
}

void ChildFamilies::add(ExecutionId parent, ExecutionId child)
{
    const std::lock_guard lock(m_mutex);
    m_families[parent].children.insert(child);
    m_parents[child] = parent;
}

void ChildFamilies::tell(ExecutionId child, ChildNews news)
{
    std::shared_ptr<ChildListener> listener;
    {
        const std::lock_guard lock(m_mutex);
        const auto parent = m_parents.find(child);
        if (parent == m_parents.end())
            return;
        Family &family = m_families[parent->second];
        listener = family.listener.lock();
        if (news == ChildNews::Over) {
            family.children.erase(child);
            m_parents.erase(parent);
        }
    }
    if (listener)
        listener->told(child, news);
}

QList<ExecutionId> ChildFamilies::children(ExecutionId parent) const
{
    const std::lock_guard lock(m_mutex);
    const auto family = m_families.find(parent);
    if (family == m_families.end())
        return {};
    return {family->second.children.begin(), family->second.children.end()};
}

void ChildFamilies::setWish(ExecutionId id, const ContinueWish &wish)
{
    const std::lock_guard lock(m_mutex);
    m_wishes[id] = wish;
}

std::optional<ContinueWish> ChildFamilies::takeWish(ExecutionId id)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_wishes.find(id);
    if (found == m_wishes.end())
        return std::nullopt;
    const ContinueWish wish = found->second;
    m_wishes.erase(found);
    return wish;
}

bool ChildFamilies::hasWish(ExecutionId id) const
{
    const std::lock_guard lock(m_mutex);
    return m_wishes.contains(id);
}

} // namespace flow
