// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/redactor.h"
#include "tasks/secret_source.h"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace flow {

/// The secrets that a family of executions was given: one that no other has started, those that it resumes, and all
/// that these have started. What one of them was given may come back out of another one, through a file for instance,
/// and after a wait or a pause; so all that run in one program share one of these and take its secrets out of what they
/// say. Any thread.
class FamilySecrets
{
public:
    /// The names of secrets that the family may have been given before, by another program for instance. Called once,
    /// on the thread of an execution of it.
    using Names = std::function<QStringList()>;
    explicit FamilySecrets(Names earlier = {}, const Clock &clock = systemClock());

    /// Fetches what the family was given before and `names`. As far as possible: one that is gone by now is passed
    /// over. What was fetched once is not asked for again. An error when there is more to be asked for, before the next
    /// attempt: Cancelled when `cancel` came first, or what `source` says, a keyring that is locked for instance. Then
    /// it is left alone for as long as it took to say so.
    Result<void> recall(const QStringList &names, const SecretSource &source, const CancelToken &cancel);
    void add(const QString &name, const QString &value);

    /// What takes out all that is known by now. Never null.
    std::shared_ptr<const Redactor> redactor() const;

private:
    void want(const QStringList &names);

    const Clock &m_clock;
    std::timed_mutex m_recalling; ///< for what follows; may be held for as long as a keyring is locked
    Names m_earlier;              ///< empty once it was called
    QStringList m_wanted;         ///< each once
    QSet<QString> m_recalled;
    std::optional<Error> m_refused;
    std::chrono::nanoseconds m_refusedUntil{}; ///< of the monotonic clock
    std::mutex m_adding;
    mutable std::mutex m_mutex; ///< for what follows; held for a moment only
    std::shared_ptr<const Redactor> m_redactor;
};

} // namespace flow
