// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/family_secrets.h"

#include <utility>

namespace flow {

namespace {

/// How soon somebody who waits for another one's questions sees that it is cancelled.
constexpr std::chrono::milliseconds turn{20};

} // namespace

FamilySecrets::FamilySecrets(Names earlier)
    : m_earlier(std::move(earlier))
    , m_redactor(std::make_shared<const Redactor>())
{
}

bool FamilySecrets::recall(const QStringList &names, const SecretSource &source, const CancelToken &cancel)
{
    std::unique_lock lock(m_recalling, std::defer_lock);
    while (!lock.try_lock_for(turn)) {
        if (cancel.isCancelled())
            return false;
    }
    if (const Names earlier = std::exchange(m_earlier, {}))
        m_wanted = earlier();
    m_wanted += names;
    while (!m_wanted.isEmpty()) {
        const QString &name = m_wanted.constLast();
        if (!m_recalled.contains(name)) {
            const Result<QString> value = source.secret(name, cancel);
            if (!value && value.error().code == ErrorCode::Cancelled)
                return false;
            if (value)
                add(name, *value);
            m_recalled.insert(name);
        }
        m_wanted.removeLast();
    }
    return true;
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
