// SPDX-License-Identifier: GPL-3.0-or-later
#include "command_line.h"

#include "service/logging.h"

#include <QCoreApplication>

using namespace flow::cli;

namespace {

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

int run(const CommandLine &line)
{
    const Command &command = *line.command;
    QCommandLineParser parser;
    parser.setOptionsAfterPositionalArgumentsMode(QCommandLineParser::ParseAsOptions);
    parser.addOptions(command.options + commonOptions());
    if (!parser.parse(QStringList{QStringLiteral("flowctl")} + line.options + line.rest))
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

/// No command, or none that there is.
int runNothing(const CommandLine &line, const QList<Command> &all)
{
    QCommandLineParser parser;
    const QCommandLineOption version(QStringLiteral("version"));
    parser.addOptions(commonOptions() << version);
    if (!parser.parse(QStringList{QStringLiteral("flowctl")} + line.options))
        return misuse(parser.errorText(), QString());
    if (parser.isSet(version)) {
        print(QStringLiteral("flowctl ") + QCoreApplication::applicationVersion());
        return Completed;
    }
    const QString name = line.words.join(u' ');
    const QString group = std::any_of(all.begin(), all.end(), [&](const Command &each) {
        return each.name.startsWith(name + u' ');
    }) ? name : QString();
    if (parser.isSet(QStringLiteral("help")) && (name.isEmpty() || !group.isEmpty())) {
        print(overview(all, group));
        return Completed;
    }
    if (!name.isEmpty() && group.isEmpty())
        return misuse(QStringLiteral("there is no command \"%1\"").arg(name), QString());
    say(overview(all, group));
    return Usage;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("flowctl"));
    QCoreApplication::setApplicationVersion(QStringLiteral(FLOW_VERSION));

    QStringList arguments = QCoreApplication::arguments().mid(1);
    if (arguments.value(0) == QStringLiteral("help"))
        arguments = arguments.mid(1) << QStringLiteral("--help");
    const QList<Command> all = commands();
    const CommandLine line = readCommandLine(arguments, all);
    return line.command ? run(line) : runNothing(line, all);
}
