// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/secret_store.h"

#include <QCoreApplication>
#include <QMap>

namespace flow {

/// Secrets in a file that only its owner may read (0600), for machines without a keyring: `secrets` in the data folder,
/// a JSON object of names and values. Read anew by each call and replaced as a whole.
class SecretFile final : public SecretStore
{
    Q_DECLARE_TR_FUNCTIONS(SecretFile)

public:
    explicit SecretFile(const QString &dataDir);

    /// All fail with NotAllowed when others may read the file, Corrupt when it holds something else, Io when it cannot
    /// be read or written.
    Result<QString> secret(const QString &name, const CancelToken &cancel = {}) const override;
    Result<void> set(const QString &name, const QString &value) override;
    Result<void> remove(const QString &name) override;
    Result<QStringList> names() const override;
    QString place() const override { return m_path; }

private:
    using Secrets = QMap<QString, QString>;

    Result<Secrets> read() const;
    Result<void> write(const Secrets &secrets) const;
    /// Reads, lets `change` change and writes what came of it, while no other program does.
    template <typename Change>
    Result<void> update(const Change &change) const;
    Error problem(ErrorCode code, const QString &reason) const
    {
        return {.code = code, .reason = reason, .file = m_path};
    }

    QString m_path;
};

} // namespace flow
