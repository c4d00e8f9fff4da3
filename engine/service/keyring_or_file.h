// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/secret_store.h"

#include <atomic>

namespace flow {

/// The keyring where there is one that works, otherwise the file. What is in the file is found all the same, so that
/// secrets which were set without a keyring stay usable; of a name that is in both the keyring's value counts.
class KeyringOrFile final : public SecretStore
{
public:
    KeyringOrFile(std::unique_ptr<SecretStore> keyring, std::unique_ptr<SecretStore> file);

    Result<QString> secret(const QString &name, const CancelToken &cancel) const override;
    /// Where a keyring takes it the file has it no longer.
    Result<void> set(const QString &name, const QString &value) override;
    Result<void> remove(const QString &name) override;
    Result<QStringList> names() const override;
    QString place() const override;

private:
    bool hasKeyring() const;

    std::unique_ptr<SecretStore> m_keyring;
    std::unique_ptr<SecretStore> m_file;
    mutable std::atomic<bool> m_isAbsent = false; ///< it was asked, and there is none
};

} // namespace flow
