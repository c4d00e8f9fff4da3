// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui_options.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace flow {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(GuiOptions)
};

std::optional<Look::Mode> themeOf(const QString &word)
{
    if (word == QStringLiteral("light"))
        return Look::Mode::Light;
    if (word == QStringLiteral("dark"))
        return Look::Mode::Dark;
    if (word == QStringLiteral("system"))
        return Look::Mode::System;
    return {};
}

/// What may stand on the command line.
struct Grammar
{
    Grammar()
    {
        firstPaint.setFlags(QCommandLineOption::HiddenFromHelp);
        parser.setApplicationDescription(Words::tr("Draw flows of tasks, run them, watch them."));
        // As Qt's own options (-platform) are written: a cluster of letters would find -h in many of them.
        parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
        parser.addOptions({dataDir, envFile, theme, sample, serve, screenshots, firstPaint});
        parser.addPositionalArgument(QStringLiteral("files"), Words::tr("Flow files (*.flow.json) to open."),
                                     QStringLiteral("[files...]"));
    }

    QCommandLineParser parser;
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    const QCommandLineOption dataDir{QStringLiteral("data-dir"),
                                     Words::tr("Keep library, history and settings of the window here."),
                                     QStringLiteral("folder")};
    const QCommandLineOption envFile{QStringLiteral("env-file"),
                                     Words::tr("Read environment variables from this file."), QStringLiteral("file")};
    const QCommandLineOption theme{QStringLiteral("theme"), Words::tr("light, dark or system."),
                                   QStringLiteral("theme")};
    const QCommandLineOption sample{QStringLiteral("sample"), Words::tr("Open the example when nothing else is open.")};
    const QCommandLineOption serve{QStringLiteral("serve"), Words::tr("Switch the REST server on.")};
    const QCommandLineOption screenshots{QStringLiteral("screenshots"),
                                         Words::tr("Write pictures of the main states and end."),
                                         QStringLiteral("folder")};
    QCommandLineOption firstPaint{QStringLiteral("report-first-paint")};
};

} // namespace

void answerOnTheConsole(const QStringList &arguments)
{
    Grammar grammar;
    (void)grammar.parser.parse(arguments); // mistakes are said later
    if (grammar.parser.isSet(grammar.version))
        grammar.parser.showVersion();
    if (grammar.parser.isSet(grammar.help))
        grammar.parser.showHelp();
}

GuiOptions readOptions(const QCoreApplication &application)
{
    Grammar grammar;
    QCommandLineParser &parser = grammar.parser;
    parser.process(application);

    GuiOptions options;
    if (parser.isSet(grammar.dataDir))
        options.configuration.insert(QStringLiteral("--data-dir"), parser.value(grammar.dataDir));
    if (parser.isSet(grammar.envFile))
        options.envFile = parser.value(grammar.envFile);
    if (parser.isSet(grammar.theme)) {
        options.theme = themeOf(parser.value(grammar.theme));
        if (!options.theme)
            options.error =
                Words::tr("--theme = \"%1\": must be light, dark or system").arg(parser.value(grammar.theme));
    }
    options.wishes = {parser.positionalArguments(), parser.isSet(grammar.sample)};
    options.serve = parser.isSet(grammar.serve);
    options.reportFirstPaint = parser.isSet(grammar.firstPaint);
    if (parser.isSet(grammar.screenshots))
        options.screenshots = parser.value(grammar.screenshots);
    return options;
}

} // namespace flow
