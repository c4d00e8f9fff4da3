# SPDX-License-Identifier: GPL-3.0-or-later
# One function per kind of target, so that each is declared in a few lines.

set(FLOW_QT Core Network Sql HttpServer)
if(GUI)
    list(APPEND FLOW_QT Gui Widgets Svg)
endif()
if(TESTS OR BENCHMARKS)
    list(APPEND FLOW_QT Test)
endif()
find_package(Qt6 6.4 REQUIRED COMPONENTS ${FLOW_QT})

# Precompiled headers, compiled once for all libraries of a kind.
function(_flow_precompiled name)
    cmake_parse_arguments(ARG "" "" "QT;HEADERS" ${ARGN})
    file(WRITE "${CMAKE_BINARY_DIR}/${name}.cpp" "// Carries the precompiled headers of ${name}.\n")
    add_library(${name} OBJECT "${CMAKE_BINARY_DIR}/${name}.cpp")
    set_target_properties(${name} PROPERTIES AUTOMOC OFF AUTORCC OFF)
    list(TRANSFORM ARG_QT PREPEND Qt6::)
    target_link_libraries(${name} PRIVATE flow_options ${ARG_QT})
    target_precompile_headers(${name} PRIVATE ${ARG_HEADERS})
endfunction()

set(_flow_core_headers
    <QByteArray> <QDateTime> <QHash> <QJsonArray> <QJsonDocument> <QJsonObject> <QList> <QMap> <QObject> <QPointF> <QSet>
    <QString> <QStringList> <QVariant> <algorithm> <chrono> <functional> <memory> <mutex> <optional> <variant>)
_flow_precompiled(flow_pch_core QT Core HEADERS ${_flow_core_headers})
if(GUI)
    _flow_precompiled(flow_pch_gui QT Core Gui Widgets HEADERS ${_flow_core_headers} <QtGui> <QtWidgets>)
endif()

# Reads the arguments that all kinds share into ARG_...
macro(_flow_parse)
    cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;USES;USES_PRIVATELY;QT;LIBRARIES;LABELS" ${ARGN})
    if(ARG_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "${name}: unknown arguments ${ARG_UNPARSED_ARGUMENTS}")
    endif()
    list(TRANSFORM ARG_QT PREPEND Qt6::)
endmacro()

macro(_flow_common)
    target_link_libraries(${name}
        PUBLIC Qt6::Core ${ARG_QT} ${ARG_USES}
        PRIVATE flow_options ${ARG_USES_PRIVATELY} ${ARG_LIBRARIES})
    if("Qt6::Widgets" IN_LIST ARG_QT)
        target_precompile_headers(${name} REUSE_FROM flow_pch_gui)
    else()
        target_precompile_headers(${name} REUSE_FROM flow_pch_core)
    endif()
endmacro()

# flow_library(NAME SOURCES ... [USES flow libraries ...] [USES_PRIVATELY ...] [QT modules ...] [LIBRARIES others ...])
# Headers are found as "folder/file.h" from engine/ and ui/.
function(flow_library name)
    _flow_parse(${ARGN})
    if(NOT ARG_SOURCES)
        add_library(${name} INTERFACE)
        target_include_directories(${name} INTERFACE "${CMAKE_CURRENT_SOURCE_DIR}/..")
        target_link_libraries(${name} INTERFACE Qt6::Core ${ARG_QT} ${ARG_USES})
        return()
    endif()
    add_library(${name} STATIC ${ARG_SOURCES})
    target_include_directories(${name} PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}/..")
    _flow_common()
endfunction()

# flow_program(NAME SOURCES ... [USES ...] [QT ...])
# Lands in bin/ of the build folder; whoever ships it installs it.
function(flow_program name)
    _flow_parse(${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    _flow_common()
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
endfunction()

add_custom_target(thread_tests)

# flow_test(tst_name [SOURCES more.cpp ...] [USES ...] [QT ...] [LIBRARIES ...] [TIMEOUT seconds] [LABELS ...])
# Compiles tst_name.cpp of the current folder into a Qt Test program and registers it. Qt Gui or Widgets run offscreen.
function(flow_test name)
    _flow_parse(${ARGN})
    list(APPEND ARG_QT Qt6::Test)
    add_executable(${name} ${name}.cpp ${ARG_SOURCES} "${PROJECT_SOURCE_DIR}/tests/support/flow_test.h")
    target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
    target_compile_definitions(${name} PRIVATE FLOW_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    _flow_common()
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    add_test(NAME ${name} COMMAND ${name})
    # Label `threads`: what ThreadSanitizer can judge with a Qt that is not instrumented.
    if("threads" IN_LIST ARG_LABELS)
        add_dependencies(thread_tests ${name})
    endif()
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 300)
    endif()
    set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;QT_LOGGING_RULES=qt.qpa.*=false")
endfunction()

# Tests on PostgreSQL need the server, whose programs Debian keeps out of the way, and Qt's driver.
file(GLOB _flow_initdb /usr/lib/postgresql/*/bin/initdb)
find_program(FLOW_INITDB initdb)
set(_flow_psql_driver "${QT6_INSTALL_PREFIX}/${QT6_INSTALL_PLUGINS}/sqldrivers/libqsqlpsql.so")
set(FLOW_POSTGRES_TESTS OFF)
if((_flow_initdb OR FLOW_INITDB) AND EXISTS "${_flow_psql_driver}")
    set(FLOW_POSTGRES_TESTS ON)
elseif(TESTS)
    message(STATUS "PostgreSQL or Qt's driver for it is not installed: the tests that need them are left out")
endif()
set(FLOW_POSTGRES_SERVER "${PROJECT_SOURCE_DIR}/tests/support/postgres_server")
set(FLOW_POSTGRES_STATE "${CMAKE_BINARY_DIR}/postgres.state")

# A private PostgreSQL server that runs while the tests below do.
function(flow_postgres_server)
    if(NOT FLOW_POSTGRES_TESTS)
        return()
    endif()
    add_test(NAME postgres_server_start COMMAND "${FLOW_POSTGRES_SERVER}" start "${FLOW_POSTGRES_STATE}")
    add_test(NAME postgres_server_stop COMMAND "${FLOW_POSTGRES_SERVER}" stop "${FLOW_POSTGRES_STATE}")
    set_tests_properties(postgres_server_start PROPERTIES FIXTURES_SETUP postgres_server TIMEOUT 120)
    set_tests_properties(postgres_server_stop PROPERTIES FIXTURES_CLEANUP postgres_server TIMEOUT 120)
endfunction()

# flow_postgres_test(tst_name): registers a test program a second time, as tst_name_postgres, on that server.
function(flow_postgres_test name)
    if(NOT FLOW_POSTGRES_TESTS)
        return()
    endif()
    add_test(NAME ${name}_postgres
        COMMAND "${FLOW_POSTGRES_SERVER}" run "${FLOW_POSTGRES_STATE}" $<TARGET_FILE:${name}>)
    foreach(property IN ITEMS TIMEOUT LABELS ENVIRONMENT)
        get_test_property(${name} ${property} value)
        if(value)
            set_tests_properties(${name}_postgres PROPERTIES ${property} "${value}")
        endif()
    endforeach()
    set_tests_properties(${name}_postgres PROPERTIES FIXTURES_REQUIRED postgres_server)
endfunction()
