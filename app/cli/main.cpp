// SPDX-License-Identifier: GPL-3.0-or-later
#include "command_line.h"
#include "help.h"
#include "input_values.h"

#include "base/core_files.h"
#include "service/logging.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>

using namespace flow;
using namespace flow::cli;

namespace {

/// English has a file as well: it holds the plural forms.
void installTranslation(QTranslator &translator)
{
    if (translator.load(QLocale(), QStringLiteral("flowctl"), QStringLiteral("_"), QStringLiteral(":/i18n")) ||
        translator.load(QStringLiteral(":/i18n/flowctl_en.qm")))
        QCoreApplication::installTranslator(&translator);
}

/// What is wrong with the options that every command takes; nothing when they are fine.
std::optional<int> refusedOptions(const Command &command, const QCommandLineParser &parser)
{
    const QString dataDir = QStringLiteral("data-dir");
    const QString envFile = QStringLiteral("env-file");
    if (parser.isSet(dataDir) && parser.value(dataDir).isEmpty())
        return misuse(Cli::tr("--data-dir needs the name of a folder"), command.name);
    if (!parser.isSet(envFile))
        return std::nullopt;
    const Result<void> file = mustBeFile(parser.value(envFile));
    return file ? std::nullopt : std::optional(failToRead(file.error()));
}

int run(const CommandLine &line)
{
    const Command &command = *line.command;
    QCommandLineParser parser;
    parser.setOptionsAfterPositionalArgumentsMode(QCommandLineParser::ParseAsOptions);
    const QList<QCommandLineOption> options = command.options + commonOptions();
    parser.addOptions(options);
    if (!parser.parse(QStringList{QStringLiteral("flowctl")} + withOperandsLast(line.options + line.rest, options)))
        return misuse(parser.errorText(), command.name);
    if (parser.isSet(QStringLiteral("help"))) {
        print(help(command, parser));
        return Completed;
    }
    const qsizetype given = parser.positionalArguments().size();
    if (given < command.least)
        return misuse(Cli::tr("%1 needs %2").arg(command.name, command.arguments), command.name);
    if (given > command.most)
        return misuse(Cli::tr("\"%1\" is one argument too many").arg(parser.positionalArguments().at(command.most)),
                      command.name);
    if (const std::optional<int> code = refusedOptions(command, parser))
        return *code;
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
    const QString group =
        std::any_of(all.begin(), all.end(), [&](const Command &each) { return each.name.startsWith(name + u' '); })
            ? name
            : QString();
    if (parser.isSet(QStringLiteral("help")) && (name.isEmpty() || !group.isEmpty())) {
        print(overview(all, group));
        return Completed;
    }
    if (!name.isEmpty() && group.isEmpty())
        return misuse(Cli::tr("there is no command \"%1\"").arg(name), QString());
    say(overview(all, group));
    return Usage;
}

} // namespace

int main(int argc, char **argv)
{
    leaveNoCoreFiles();
    keepStandardChannels();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("flowctl"));
    QCoreApplication::setApplicationVersion(QStringLiteral(FLOW_VERSION));

    QTranslator translator;
    installTranslation(translator);

    QStringList arguments = QCoreApplication::arguments().mid(1);
    if (arguments.value(0) == QStringLiteral("help"))
        arguments = arguments.mid(1) << QStringLiteral("--help");
    const QList<Command> all = commands();
    const CommandLine line = readCommandLine(arguments, all);
    return finishOutput(line.command ? run(line) : runNothing(line, all));
}
