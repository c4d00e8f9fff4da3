// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/family_secrets.h"

#include <utility>

namespace flow {

namespace {

/// How soon somebody who waits for another one's questions sees that it is cancelled.
constexpr std::chrono::milliseconds turn{20};

} // namespace

FamilySecrets::FamilySecrets(Names earlier, const Clock &clock)
    : m_clock(clock)
    , m_earlier(std::move(earlier))
    , m_redactor(std::make_shared<const Redactor>())
{
}

Result<void> FamilySecrets::recall(const QStringList &names, const SecretSource &source, const CancelToken &cancel)
{
    std::unique_lock lock(m_recalling, std::defer_lock);
    while (!lock.try_lock_for(turn)) {
        if (cancel.isCancelled())
            return Error{.code = ErrorCode::Cancelled};
    }
    if (const Names earlier = std::exchange(m_earlier, {}))
        want(earlier());
    want(names);
    const std::chrono::nanoseconds began = m_clock.monotonic();
    if (m_refused && began < m_refusedUntil)
        return *m_refused;
    m_refused.reset();
    for (qsizetype at = m_wanted.size() - 1; at >= 0; --at) {
        const QString name = m_wanted[at];
        const Result<QString> value = source.secret(name, cancel);
        if (!value && value.error().code == ErrorCode::Cancelled)
            return value.error();
        if (!value && value.error().code != ErrorCode::NotFound) {
            m_refused = value.error();
            continue;
        }
        if (value)
            add(name, *value);
        m_recalled.insert(name);
        m_wanted.removeAt(at);
    }
    if (!m_refused)
        return {};
    const std::chrono::nanoseconds over = m_clock.monotonic();
    m_refusedUntil = over + (over - began);
    return *m_refused;
}

void FamilySecrets::want(const QStringList &names)
{
    for (const QString &name : names) {
        if (!m_recalled.contains(name) && !m_wanted.contains(name))
            m_wanted.append(name);
    }
}

void FamilySecrets::add(const QString &name, const QString &value)
{
    const std::lock_guard adding(m_adding);
    const std::shared_ptr<const Redactor> before = redactor();
    if (before->knows(value))
        return;
    auto after = std::make_shared<Redactor>(*before); // others read what was there
    after->add(name, value);
    const std::lock_guard lock(m_mutex);
    m_redactor = std::move(after);
}

std::shared_ptr<const Redactor> FamilySecrets::redactor() const
{
    const std::lock_guard lock(m_mutex);
    return m_redactor;
}

} // namespace flow
