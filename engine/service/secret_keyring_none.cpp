// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/secret_keyring.h"

namespace flow {

bool canUseKeyring()
{
    return false;
}

std::unique_ptr<SecretStore> openKeyring()
{
    return nullptr;
}

} // namespace flow
