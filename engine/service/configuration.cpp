// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/configuration.h"

#include "service/configuration_keys.h"
#include "service/env_file.h"
#include "service/unknown_settings.h"

#include <QDir>
#include <QFileInfo>
#include <QProcessEnvironment>
#include <QSettings>
#include <QStandardPaths>

namespace flow {

namespace {

/// A value before it is understood.
struct Found
{
    QString text;
    QString origin;
};

struct SettingsFile
{
    QMap<QString, QString> values; ///< of the settings that there are
    QStringList names;             ///< of everything in it
};

/// The sources with their files read.
struct Loaded
{
    const ConfigurationSources &sources;
    EnvFile envFile;
    QString envFileName;
    SettingsFile settings;
    QString settingsFileName;
};

std::optional<Found> findByNames(const QStringList &names, const QMap<QString, QString> &values, const QString &origin)
{
    for (const QString &name : names) {
        // An empty variable counts as unset, as in every shell script that says FLOW_PORT= to clear it.
        if (const QString value = values.value(name); !value.isEmpty())
            return Found{value, origin.arg(name)};
    }
    return std::nullopt;
}

std::optional<Found> find(const ConfigurationKey &key, const Loaded &loaded)
{
    if (!key.option.isEmpty() && loaded.sources.commandLine.contains(key.option))
        return Found{loaded.sources.commandLine.value(key.option), QStringLiteral("option %1").arg(key.option)};
    if (auto found = findByNames(key.names, loaded.sources.environment, QStringLiteral("environment variable %1")))
        return found;
    if (auto found = findByNames(key.names, loaded.envFile, loaded.envFileName + QStringLiteral(": %1")))
        return found;
    if (auto found =
            findByNames({key.setting}, loaded.settings.values, loaded.settingsFileName + QStringLiteral(": %1")))
        return found;
    return std::nullopt;
}

Result<EnvFile> readEnvFile(const QString &name)
{
    if (!name.isNull())
        return loadEnvFile(name);
    const QString usual = QDir::current().filePath(QStringLiteral(".env"));
    return QFileInfo(usual).isFile() ? loadEnvFile(usual) : Result<EnvFile>(EnvFile());
}

Result<SettingsFile> readSettingsFile(const QString &name)
{
    const QSettings settings(name, QSettings::IniFormat);
    if (settings.status() == QSettings::FormatError)
        return Error{.code = ErrorCode::Syntax, .reason = QStringLiteral("is not a settings file"), .file = name};
    SettingsFile file{.values = {}, .names = settings.allKeys()};
    for (const ConfigurationKey &key : configurationKeys()) {
        if (settings.contains(key.setting))
            file.values.insert(key.setting, settings.value(key.setting).toString());
    }
    return file;
}

} // namespace

ConfigurationSources ConfigurationSources::ofProcess()
{
    ConfigurationSources sources;
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys())
        sources.environment.insert(name, environment.value(name));
    return sources;
}

Result<Configuration> readConfiguration(const ConfigurationSources &sources)
{
    const QString settingsFile = sources.settingsFile.isNull() ? defaultSettingsFile() : sources.settingsFile;
    Result<EnvFile> envFile = readEnvFile(sources.envFile);
    if (!envFile)
        return envFile.error();
    Result<SettingsFile> settings = readSettingsFile(settingsFile);
    if (!settings)
        return settings.error();

    const Loaded loaded{sources, *envFile, sources.envFile.isNull() ? QStringLiteral(".env") : sources.envFile,
                        *settings, settingsFile};
    Configuration configuration;
    configuration.settings.dataDir = defaultDataDir();
    configuration.warnings = unknownVariables(loaded.envFile.keys(), loaded.envFileName) +
                             unknownSettings(loaded.settings.names, loaded.settingsFileName);
    for (const ConfigurationKey &key : configurationKeys()) {
        const std::optional<Found> found = find(key, loaded);
        configuration.origins.insert(key.names.first(), found ? found->origin : QStringLiteral("default"));
        if (!found)
            continue;
        if (const Result<void> taken = key.take(found->text, configuration.settings); !taken) {
            Error error = taken.error();
            error.file = found->origin;
            if (!key.secret)
                error.file += QStringLiteral(" = \"%1\"").arg(found->text.left(60));
            return error;
        }
    }
    return configuration;
}

QString defaultDataDir()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/flow-manager");
}

QString defaultSettingsFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/flow-manager/flow-manager.ini");
}

} // namespace flow
