// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/child_families.h"

namespace flow {

ExecutionControls ContinueWish::controls(ExecutionControls others) const
{
    others.passesFirst = true;
    others.pause = options.step;
    others.forced = options.forced;
    others.wakesChildren = reachesAll;
    return others;
}

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

std::optional<Result<bool>> ChildFamilies::goOn(ExecutionId child)
{
    const std::shared_ptr<ChildListener> listener = listenerOf(child);
    return listener ? listener->goOn(child) : std::nullopt;
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

void ChildFamilies::setWish(ExecutionId parent, ExecutionId child, const ContinueWish &wish)
{
    const std::lock_guard lock(m_mutex);
    m_wishes[child] = {parent, wish};
}

std::optional<ContinueWish> ChildFamilies::takeWish(ExecutionId child)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_wishes.find(child);
    if (found == m_wishes.end())
        return std::nullopt;
    const ContinueWish wish = found->second.wish;
    m_wishes.erase(found);
    return wish;
}

void ChildFamilies::noteStopped(ExecutionId child)
{
    const std::lock_guard lock(m_mutex);
    m_stopped.insert(child);
}

bool ChildFamilies::takeStopped(ExecutionId child)
{
    const std::lock_guard lock(m_mutex);
    return m_stopped.erase(child) > 0;
}

std::map<ExecutionId, ContinueWish> ChildFamilies::takeWishesOf(ExecutionId parent)
{
    const std::lock_guard lock(m_mutex);
    std::map<ExecutionId, ContinueWish> wishes;
    for (const auto &[child, wish] : m_wishes) {
        if (wish.parent == parent)
            wishes.emplace(child, wish.wish);
    }
    for (const auto &[child, wish] : wishes)
        m_wishes.erase(child);
    return wishes;
}

} // namespace flow
