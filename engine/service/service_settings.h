// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/retention.h"

#include <QString>

#include <chrono>

namespace flow {

/// Where secrets are kept.
enum class SecretPlace {
    Auto, ///< in the system's keyring where there is one, otherwise in the file
    File, ///< `secrets` in the data folder
    Keyring,
};

/// How the service runs; see docs/configuration.md for where each value comes from.
struct ServiceSettings
{
    QString dataDir;     ///< absolute; holds the database, the token and the log
    QString databaseUrl; ///< empty: `flows.db` in the data folder
    std::chrono::nanoseconds taskTimeLimit = std::chrono::seconds(300);
    std::chrono::nanoseconds flowTimeLimit = std::chrono::seconds(3600);
    int stepLimit = 10'000;
    int executionThreads = 8;
    /// The program runs on until it is told to end (desktop, server): it goes on with executions that dead programs
    /// left, and others may go on with its own. What a program at a terminal left waits for a person instead.
    bool stays = false;
    std::chrono::milliseconds stopPatience =
        std::chrono::seconds(10); ///< deleting a flow waits so long for an execution to stop
    SecretPlace secrets = SecretPlace::Auto;
    RetentionRules retention;
    std::chrono::milliseconds retentionInterval = std::chrono::minutes(2); ///< programs that stay look so often
    int logLines = 10'000; ///< kept of each attempt of a task
    QString host = QStringLiteral("127.0.0.1");
    quint16 port = 5001;
    QString logLevel = QStringLiteral("info"); ///< debug, info, warning, error
    QString logFile;                           ///< empty: `flow-manager.log` in the data folder
};

} // namespace flow
