// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"

#include "service/logging.h"
#include "service/private_file.h"

namespace flow::cli {

Result<Configuration> Call::configuration() const
{
    ConfigurationSources sources = ConfigurationSources::ofProcess();
    for (const char *option : {"data-dir", "host", "port"}) {
        if (m_parser.optionNames().contains(QString::fromLatin1(option)))
            sources.commandLine.insert(QStringLiteral("--") + QString::fromLatin1(option), value(option));
    }
    if (has("env-file"))
        sources.envFile = value("env-file");
    Result<Configuration> read = readConfiguration(sources);
    if (read && !m_hasWarned) {
        for (const QString &warning : read->warnings)
            say(Cli::tr("flowctl: warning: %1").arg(warning));
        m_hasWarned = true;
    }
    return read;
}

Result<std::unique_ptr<FlowService>> Call::openService(Lifetime lifetime) const
{
    const Result<Configuration> read = configuration();
    if (!read)
        return read.error();
    ServiceSettings settings = read->settings;
    settings.stays = lifetime == Lifetime::Stays;
    // Whether the folder can be used is said by the service.
    (void)makePrivateFolder(settings.dataDir);
    installLogging({.fileLevel = settings.logLevel,
                    .file = settings.logFile.isEmpty() ? settings.dataDir + QStringLiteral("/flow-manager.log")
                                                       : settings.logFile});
    return FlowService::open(settings);
}

QList<Command> commands()
{
    return runCommands() + serveCommands() + flowsCommands() + executionsCommands() + controlCommands() +
           tasksCommands() + secretsCommands() + dbCommands();
}

} // namespace flow::cli
