// SPDX-License-Identifier: GPL-3.0-or-later
#include "help.h"

namespace flow::cli {

QString overview(const QList<Command> &all, const QString &group)
{
    QString text =
        Cli::tr("Usage: flowctl COMMAND [OPTIONS]\n\nDraws no windows, does everything else: runs flows, keeps the "
                "library, serves the REST API.\n\nCommands:\n");
    for (const Command &command : all) {
        if (group.isEmpty() || command.name.startsWith(group + u' '))
            text += QStringLiteral("  %1%2\n").arg(command.name, -20).arg(command.summary);
    }
    text += Cli::tr("\nEvery command takes --help, --data-dir DIR and --env-file FILE.\n\nExamples:\n"
                    "  flowctl run report.flow.json --input day=2026-01-10\n"
                    "  flowctl executions list --status failure\n"
                    "  flowctl serve --port 5001\n\n"
                    "Exit codes: 0 completed, 1 failed, 2 wrong usage, 3 not found, 4 invalid.");
    return text;
}

QString help(const Command &command, const QCommandLineParser &parser)
{
    QString text = Cli::tr("Usage: flowctl %1 [OPTIONS] %2\n\n%3\n\n%4\n")
                       .arg(command.name, command.arguments, command.summary, command.details);
    // The parser's own list of options, without its usage line.
    const QString options = parser.helpText();
    return text + u'\n' +
           options.mid(options.indexOf(QStringLiteral("Options:")))
               .section(QStringLiteral("\n\nArguments:"), 0, 0)
               .trimmed();
}

} // namespace flow::cli
