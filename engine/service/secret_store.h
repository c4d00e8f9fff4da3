// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/service_settings.h"
#include "tasks/secret_source.h"

#include <QStringList>

#include <memory>

namespace flow {

/// Where secrets are kept: texts with a name that flows use as `${secret.NAME}` and that stand nowhere else. Several
/// programs may use one at a time; each call sees what the last one left. Blocks; any thread.
class SecretStore : public SecretSource
{
public:
    /// Adds it or replaces its value. BadLength, NotAllowed: see checkSecret().
    virtual Result<void> set(const QString &name, const QString &value) = 0;
    /// NotFound when there is none.
    virtual Result<void> remove(const QString &name) = 0;
    /// In alphabetical order.
    virtual Result<QStringList> names() const = 0;
    /// For people: "the keyring", or the file.
    virtual QString place() const = 0;
};

/// The store that the settings choose: the system's keyring or a file in the data folder.
std::unique_ptr<SecretStore> openSecretStore(const ServiceSettings &settings);

/// A letter or `_`, then letters, digits and `_`; at most 100 characters.
Result<void> checkSecretName(const QString &name);
/// The name, and a value of at least leastSecretLength characters besides the space around it, at most 64 KiB in UTF-8,
/// without the character 0. No error repeats the value.
Result<void> checkSecret(const QString &name, const QString &value);
/// NotFound, with what to do.
Error unknownSecret(const QString &name);

} // namespace flow
