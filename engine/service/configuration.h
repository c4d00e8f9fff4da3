// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "service/service_settings.h"

#include <QMap>
#include <QString>
#include <QStringList>

namespace flow {

/// Where values may come from, strongest first: command line, environment, `.env` file, settings file.
struct ConfigurationSources
{
    QMap<QString, QString> commandLine; ///< by option name: `{"--port", "8080"}`
    QMap<QString, QString> environment; ///< all of it; only known names are looked at
    QString envFile;                    ///< null: `.env` in the working directory, where there is one
    QString settingsFile;               ///< null: `flow-manager.ini` in the platform's folder for settings

    /// The process's own environment, and the default files.
    static ConfigurationSources ofProcess();
};

/// Settings, and where each came from (for people: "environment variable FLOW_PORT", "default").
struct Configuration
{
    ServiceSettings settings;
    QMap<QString, QString> origins; ///< by the name in the environment: DATABASE_URL, FLOW_PORT, ...
    QStringList warnings;           ///< names in the files that are no settings, see unknown_settings.h
};

/// Puts the settings together. The first bad value is an error that names its source, for instance
/// `environment variable FLOW_PORT = "x": must be a whole number from 0 to 65535`.
Result<Configuration> readConfiguration(const ConfigurationSources &sources);

/// `~/.local/share/flow-manager` on Linux.
QString defaultDataDir();
/// `~/.config/flow-manager/flow-manager.ini` on Linux.
QString defaultSettingsFile();

} // namespace flow
