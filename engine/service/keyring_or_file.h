// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "service/secret_store.h"

#include <atomic>

namespace flow {

/// The keyring where there is one that works, otherwise the file. What is in the file is found all the same, so that
/// secrets which were set without a keyring stay usable. Of a name that is in both the file's value counts: a keyring
/// that takes one removes it from the file, so what is there was set later, where no keyring was within reach.
class KeyringOrFile final : public SecretStore
{
public:
    KeyringOrFile(std::unique_ptr<SecretStore> keyring, std::unique_ptr<SecretStore> file,
                  const Clock &clock = systemClock());

    Result<QString> secret(const QString &name, const CancelToken &cancel) const override;
    /// Where a keyring takes it the file has it no longer.
    Result<void> set(const QString &name, const QString &value) override;
    Result<void> remove(const QString &name) override;
    Result<QStringList> names() const override;
    QString place() const override;

private:
    bool hasKeyring() const;
    bool isAbsent() const { return m_clock.monotonic() < m_absentUntil.load(); }
    void noteAbsence() const;

    std::unique_ptr<SecretStore> m_keyring;
    std::unique_ptr<SecretStore> m_file;
    const Clock &m_clock;
    /// It was asked, there was none, and until then it is not asked again. By the monotonic clock.
    mutable std::atomic<std::chrono::nanoseconds> m_absentUntil = std::chrono::nanoseconds::min();
};

} // namespace flow
