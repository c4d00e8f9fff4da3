# SPDX-License-Identifier: GPL-3.0-or-later
# RE2, the regular expressions of the expression language, as the target PkgConfig::RE2 (Debian: libre2-dev, pkg-config).

find_package(PkgConfig REQUIRED)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET GLOBAL re2)
# Its compiler option -pthread changes nothing here but that precompiled headers no longer fit.
set_target_properties(PkgConfig::RE2 PROPERTIES INTERFACE_COMPILE_OPTIONS "")
