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
    for (const ExecutionId child : m_families[parent].children) {
        m_parents.erase(child);
        m_watched.erase(child);
    }
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

void ChildFamilies::remove(ExecutionId child)
{
    const std::lock_guard lock(m_mutex);
    const auto parent = m_parents.find(child);
    if (parent == m_parents.end())
        return;
    m_families[parent->second].children.erase(child);
    m_parents.erase(parent);
    m_watched.erase(child);
}

std::shared_ptr<ChildListener> ChildFamilies::listenerOf(ExecutionId child) const
{
    const std::lock_guard lock(m_mutex);
    const auto parent = m_parents.find(child);
    return parent == m_parents.end() ? nullptr : m_families.at(parent->second).listener.lock();
}

void ChildFamilies::tell(ExecutionId child)
{
    if (const std::shared_ptr<ChildListener> listener = listenerOf(child))
        listener->told(child);
}

void ChildFamilies::watch(ExecutionId child, bool watched)
{
    const std::lock_guard lock(m_mutex);
    if (watched && m_parents.contains(child))
        m_watched.insert(child);
    else
        m_watched.erase(child);
}

void ChildFamilies::tellWatched()
{
    std::set<ExecutionId> watched;
    {
        const std::lock_guard lock(m_mutex);
        watched = m_watched;
    }
    for (const ExecutionId child : watched)
        tell(child);
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
