// SPDX-License-Identifier: GPL-3.0-or-later
#include "command_line.h"

namespace flow::cli {

namespace {

bool isOption(const QString &argument)
{
    return argument.startsWith(u'-') && argument != QStringLiteral("-");
}

/// Whether the next argument is this one's value, as in `--data-dir DIR`.
bool wantsValue(const QString &argument, const QList<QCommandLineOption> &options)
{
    for (const QCommandLineOption &option : options) {
        if (!option.valueName().isEmpty() && argument.startsWith(QStringLiteral("--")) &&
            option.names().contains(argument.mid(2)))
            return true;
    }
    return false;
}

/// A dash before anything but one letter: a negative number, an expression.
bool isOperand(const QString &argument)
{
    return argument.size() > 1 && argument[0] == u'-' && argument[1] != u'-' &&
           (argument.size() > 2 || !argument[1].isLetter());
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

QStringList withOperandsLast(const QStringList &arguments, const QList<QCommandLineOption> &options)
{
    if (arguments.contains(QStringLiteral("--")))
        return arguments;
    QStringList optional;
    QStringList operands;
    for (qsizetype at = 0; at < arguments.size(); ++at) {
        const bool isValue = at > 0 && wantsValue(arguments[at - 1], options);
        const bool isOptional = isValue || (isOption(arguments[at]) && !isOperand(arguments[at]));
        (isOptional ? optional : operands) << arguments[at];
    }
    return optional + QStringList{QStringLiteral("--")} + operands;
}

CommandLine readCommandLine(const QStringList &arguments, const QList<Command> &all)
{
    CommandLine line;
    for (qsizetype at = 0; at < arguments.size(); ++at) {
        const QString &argument = arguments[at];
        if (isOption(argument)) {
            line.options << argument;
            if (wantsValue(argument, commonOptions()) && at + 1 < arguments.size())
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
