// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancellation.h"
#include "base/result.h"

#include <QString>

namespace flow {

/// Where the engine gets the secrets that a task's settings name. Asked for each attempt anew, on the execution's
/// thread, and only for the names that stand in the settings. Safe from any thread.
class SecretSource
{
public:
    virtual ~SecretSource() = default;
    /// NotFound when there is none of that name: the reason says how to add it. Cancelled, soon after `cancel` trips,
    /// where a keyring waits for a person to unlock it.
    virtual Result<QString> secret(const QString &name, const CancelToken &cancel) const = 0;
};

} // namespace flow
