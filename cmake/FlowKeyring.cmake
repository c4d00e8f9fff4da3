# SPDX-License-Identifier: GPL-3.0-or-later
# QtKeychain, which keeps secrets in the system's keyring (Debian: qtkeychain-qt6-dev). Without it, and in a build without
# the desktop program, they are kept in a file.

option(KEYRING "Use the system's keyring where QtKeychain is installed" ${GUI})
set(FLOW_KEYRING_SOURCE secret_keyring_none.cpp)
set(FLOW_KEYRING_LIBRARY)
if(KEYRING)
    find_package(Qt6Keychain QUIET)
    if(Qt6Keychain_FOUND)
        set(FLOW_KEYRING_SOURCE secret_keyring.cpp)
        set(FLOW_KEYRING_LIBRARY qt6keychain)
    endif()
endif()
