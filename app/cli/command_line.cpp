// SPDX-License-Identifier: GPL-3.0-or-later
#include "command_line.h"

namespace flow::cli {

namespace {

bool isOption(const QString &argument)
{
    return argument.startsWith(u'-') && argument != QStringLiteral("-");
}

/// Whether the next argument is this one's value, as in `--data-dir DIR`.
bool wantsValue(const QString &argument)
{
    for (const QCommandLineOption &option : commonOptions()) {
        if (!option.valueName().isEmpty() && option.names().contains(argument.mid(2)))
            return true;
    }
    return false;
}

} // namespace

QList<QCommandLineOption> commonOptions()
{
    return {
        {{QStringLiteral("h"), QStringLiteral("help")}, Cli::tr("Say how this command is used.")},
        {QStringLiteral("data-dir"), Cli::tr("Keep library, history and token here."), QStringLiteral("DIR")},
        {QStringLiteral("env-file"), Cli::tr("Read settings from this file instead of .env."), QStringLiteral("FILE")},
    };
}

CommandLine readCommandLine(const QStringList &arguments, const QList<Command> &all)
{
    CommandLine line;
    for (qsizetype at = 0; at < arguments.size(); ++at) {
        const QString &argument = arguments[at];
        if (isOption(argument)) {
            line.options << argument;
            if (wantsValue(argument) && at + 1 < arguments.size())
                line.options << arguments[++at];
            continue;
        }
        line.words << argument;
        const QString name = line.words.join(u' ');
        for (const Command &command : all) {
            if (command.name != name)
                continue;
            line.command = &command;
            line.rest = arguments.mid(at + 1);
            return line;
        }
    }
    return line;
}

} // namespace flow::cli
