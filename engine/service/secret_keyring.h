// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/secret_store.h"

/// Secrets in the system's keyring. The part that differs between systems; secret_keyring_none.cpp is for programs that
/// are built without one.
namespace flow {

/// Whether the program is built with it. Whether there is a keyring shows when it is asked.
bool canUseKeyring();

/// All programs of the person share its secrets, whatever their data folder. Null when canUseKeyring() is false.
///
/// Its functions fail with Io when there is no keyring on this system, or it does not work, and with NotAllowed when
/// the person refuses. One that is locked asks the person: that may last a minute.
std::unique_ptr<SecretStore> openKeyring();

} // namespace flow
