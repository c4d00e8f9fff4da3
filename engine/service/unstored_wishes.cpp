// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/unstored_wishes.h"

#include "service/logging.h"

#include <algorithm>

namespace flow {

UnstoredWishes::UnstoredWishes(CarryOut carryOut, UnstoredEnds::Pauses pauses)
    : m_carryOut(std::move(carryOut))
    , m_pauses(pauses)
    , m_thread([this] { loop(); })
{
}

UnstoredWishes::~UnstoredWishes()
{
    stop();
}

void UnstoredWishes::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_changed.notify_all();
    if (!m_thread.joinable())
        return;
    m_thread.join();
    carryOutAll();
    if (const int lost = count(); lost > 0)
        qCWarning(lcService, "What was asked of %d executions could not be done before the program ended", lost);
}

void UnstoredWishes::keep(const UnstoredWish &wish)
{
    const std::lock_guard lock(m_mutex);
    if (m_stop)
        return;
    m_kept.insert(wish);
    m_changed.notify_all();
}

int UnstoredWishes::count() const
{
    const std::lock_guard lock(m_mutex);
    return int(m_kept.size());
}

void UnstoredWishes::loop()
{
    std::chrono::milliseconds pause = m_pauses.first;
    std::unique_lock lock(m_mutex);
    while (!m_stop) {
        if (m_kept.empty()) {
            pause = m_pauses.first;
            m_changed.wait(lock, [this] { return m_stop || !m_kept.empty(); });
        }
        m_changed.wait_for(lock, pause, [this] { return m_stop; });
        if (m_stop)
            return;
        lock.unlock();
        const bool progress = carryOutAll();
        lock.lock();
        pause = progress ? m_pauses.first : std::min(2 * pause, m_pauses.longest);
    }
}

/// True when at least one is done.
bool UnstoredWishes::carryOutAll()
{
    std::set<UnstoredWish> wishes;
    {
        const std::lock_guard lock(m_mutex);
        wishes.swap(m_kept); // one that is kept again meanwhile is a new one
    }
    bool progress = false;
    while (!wishes.empty()) {
        const Outcome outcome = m_carryOut(*wishes.begin());
        const std::lock_guard lock(m_mutex);
        if (outcome == Outcome::StoreUnusable) {
            m_kept.merge(wishes);
            break;
        }
        auto wish = wishes.extract(wishes.begin());
        if (outcome == Outcome::Done)
            progress = true;
        else
            m_kept.insert(std::move(wish));
    }
    return progress;
}

} // namespace flow
