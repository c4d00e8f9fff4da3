// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"

#include "service/logging.h"

#include <QCoreApplication>

using namespace flow::cli;

namespace {

/// The command whose words begin the arguments; the longest wins. Null when there is none.
const Command *find(const QList<Command> &all, const QStringList &arguments)
{
    const Command *found = nullptr;
    for (const Command &command : all) {
        const QStringList words = command.name.split(u' ');
        if (arguments.mid(0, words.size()) == words && (!found || found->name.size() < command.name.size()))
            found = &command;
    }
    return found;
}

QString overview(const QList<Command> &all, const QString &group)
{
    QString text = QStringLiteral("Usage: flowctl COMMAND [OPTIONS]\n\nDraws no windows, does everything else: runs flows, keeps the "
                                  "library, serves the REST API.\n\nCommands:\n");
    for (const Command &command : all) {
        if (group.isEmpty() || command.name.startsWith(group + u' '))
            text += QStringLiteral("  %1%2\n").arg(command.name, -20).arg(command.summary);
    }
    text += QStringLiteral("\nEvery command takes --help, --data-dir DIR and --env-file FILE.\n\nExamples:\n"
                           "  flowctl run report.flow.json --input day=2026-01-10\n"
                           "  flowctl executions list --status failure\n"
                           "  flowctl serve --port 5001\n\n"
                           "Exit codes: 0 completed, 1 failed, 2 wrong usage, 3 not found, 4 invalid.");
    return text;
}

QString help(const Command &command, const QCommandLineParser &parser)
{
    QString text = QStringLiteral("Usage: flowctl %1 [OPTIONS] %2\n\n%3\n\n%4\n").arg(command.name, command.arguments, command.summary, command.details);
    // The parser's own list of options, without its usage line.
    const QString options = parser.helpText();
    return text + u'\n' + options.mid(options.indexOf(QStringLiteral("Options:"))).section(QStringLiteral("\n\nArguments:"), 0, 0).trimmed();
}

int run(const Command &command, const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setOptionsAfterPositionalArgumentsMode(QCommandLineParser::ParseAsOptions);
    parser.addOptions(command.options);
    parser.addOption({{QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("Say how this command is used.")});
    parser.addOption({QStringLiteral("data-dir"), QStringLiteral("Keep library, history and token here."), QStringLiteral("DIR")});
    parser.addOption({QStringLiteral("env-file"), QStringLiteral("Read settings from this file instead of .env."), QStringLiteral("FILE")});
    if (!parser.parse(QStringList{QStringLiteral("flowctl")} + arguments))
        return misuse(parser.errorText(), command.name);
    if (parser.isSet(QStringLiteral("help"))) {
        print(help(command, parser));
        return Completed;
    }
    const qsizetype given = parser.positionalArguments().size();
    if (given < command.least)
        return misuse(QStringLiteral("%1 needs %2").arg(command.name, command.arguments), command.name);
    if (given > command.most)
        return misuse(QStringLiteral("\"%1\" is one argument too many").arg(parser.positionalArguments().at(command.most)), command.name);
    const int code = command.run(Call(command.name, parser));
    flow::uninstallLogging();
    return code;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("flowctl"));
    QCoreApplication::setApplicationVersion(QStringLiteral(FLOW_VERSION));

    const QStringList arguments = QCoreApplication::arguments().mid(1);
    const QList<Command> all = commands();
    if (const Command *command = find(all, arguments))
        return run(*command, arguments.mid(command->name.count(u' ') + 1));

    const QString first = arguments.value(0);
    if (first == QStringLiteral("--version")) {
        print(QStringLiteral("flowctl ") + QCoreApplication::applicationVersion());
        return Completed;
    }
    const bool isGroup = std::any_of(all.begin(), all.end(), [&](const Command &command) { return command.name.startsWith(first + u' '); });
    const bool wantsHelp = arguments.contains(QStringLiteral("--help")) || arguments.contains(QStringLiteral("-h"))
                           || first == QStringLiteral("help");
    if (wantsHelp) {
        print(overview(all, isGroup ? first : QString()));
        return Completed;
    }
    if (first.isEmpty() || isGroup) {
        say(overview(all, isGroup ? first : QString()));
        return Usage;
    }
    return misuse(QStringLiteral("there is no command \"%1\"").arg(first), QString());
}
