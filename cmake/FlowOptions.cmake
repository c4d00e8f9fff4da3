# SPDX-License-Identifier: GPL-3.0-or-later
# What every target shares: language, warnings, Qt's string-safety defines, sanitizers, linker and compiler cache.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_AUTOMOC ON)
set(CMAKE_AUTORCC ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
# One kind of position independent code everywhere, so that programs can use the libraries' precompiled headers.
set(CMAKE_CXX_COMPILE_OPTIONS_PIE "-fPIC")
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug, Release or RelWithDebInfo" FORCE)
endif()

# For all, so that a library which asks for it does not invalidate the precompiled headers.
add_compile_options(-pthread)
add_link_options(-pthread)

option(WARNINGS_AS_ERRORS "Stop at the first compiler warning" OFF)
set(SANITIZE "" CACHE STRING "Sanitizers to build with, such as address,undefined")

find_program(CCACHE ccache)
if(CCACHE)
    # Precompiled headers are only cached when ccache may trust their defines and time stamps.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
endif()

add_library(flow_options INTERFACE)
target_compile_definitions(flow_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
    QT_NO_KEYWORDS QT_NO_FOREACH QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_STRICT_ITERATORS
    QT_DISABLE_DEPRECATED_BEFORE=0x060400)
target_compile_options(flow_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough -Wundef
    $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess -Wno-missing-field-initializers>
    # GCC 12 sees uninitialized strings in optimised std::variant and std::optional where there are none.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
    $<$<CXX_COMPILER_ID:Clang>:-Wno-missing-field-initializers>
    $<$<BOOL:${WARNINGS_AS_ERRORS}>:-Werror>)

if(SANITIZE)
    add_compile_options(-fsanitize=${SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${SANITIZE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
        add_compile_options(-fsanitize-ignorelist=${CMAKE_CURRENT_LIST_DIR}/sanitizer_ignore.txt)
    endif()
endif()

find_program(MOLD mold)
if(MOLD AND NOT SANITIZE)
    add_link_options(-fuse-ld=mold)
endif()
