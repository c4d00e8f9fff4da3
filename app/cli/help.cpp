// SPDX-License-Identifier: GPL-3.0-or-later
#include "help.h"

namespace flow::cli {

namespace {

QString list(const QList<Command> &all, const QString &group)
{
    QString text = Cli::tr("Commands:") + u'\n';
    for (const Command &command : all) {
        if (group.isEmpty() || command.name.startsWith(group + u' '))
            text += QStringLiteral("  %1%2\n").arg(command.name, -24).arg(command.summary);
    }
    return text;
}

} // namespace

QString overview(const QList<Command> &all, const QString &group)
{
    const QString common = Cli::tr("Every command takes --help, --data-dir DIR and --env-file FILE.");
    if (!group.isEmpty()) {
        return Cli::tr("Usage: flowctl %1 COMMAND [OPTIONS]").arg(group) + QStringLiteral("\n\n") + list(all, group) +
               u'\n' + common + u'\n' + Cli::tr("flowctl %1 COMMAND --help says more, with examples.").arg(group);
    }
    return Cli::tr("Usage: flowctl COMMAND [OPTIONS]\n\n"
                   "Draws no windows, does everything else: runs flows, keeps the library, serves the REST API.") +
           QStringLiteral("\n\n") + list(all, group) + u'\n' + common + QStringLiteral("\n\n") +
           Cli::tr("Examples:\n"
                   "  flowctl run report.flow.json --input day=2026-01-10\n"
                   "  flowctl executions list --status failure\n"
                   "  flowctl serve --port 5001\n\n"
                   "Exit codes: 0 completed, 1 failed, 2 wrong usage, 3 not found, 4 invalid, 5 paused.");
}

QString help(const Command &command, const QCommandLineParser &parser)
{
    const QString arguments = command.arguments.isEmpty() ? QString() : u' ' + command.arguments;
    // The parser's own list of options, without its usage line and arguments.
    const QString all = parser.helpText();
    const QString options = all.mid(all.indexOf(QStringLiteral("Options:"))).section(QStringLiteral("\n\n"), 0, 0);
    return Cli::tr("Usage: flowctl %1 [OPTIONS]%2").arg(command.name, arguments) + QStringLiteral("\n\n") +
           command.summary + QStringLiteral("\n\n") + command.details + QStringLiteral("\n\n") + options.trimmed();
}

} // namespace flow::cli
