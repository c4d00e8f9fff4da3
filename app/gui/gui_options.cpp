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

} // namespace

GuiOptions readOptions(const QCoreApplication &application)
{
    const QCommandLineOption dataDir(QStringLiteral("data-dir"),
                                     Words::tr("Keep library, history and settings of the window here."),
                                     QStringLiteral("folder"));
    const QCommandLineOption envFile(QStringLiteral("env-file"),
                                     Words::tr("Read environment variables from this file."), QStringLiteral("file"));
    const QCommandLineOption theme(QStringLiteral("theme"), Words::tr("light, dark or system."),
                                   QStringLiteral("theme"));
    const QCommandLineOption sample(QStringLiteral("sample"), Words::tr("Open the example when nothing else is open."));
    const QCommandLineOption screenshots(QStringLiteral("screenshots"),
                                         Words::tr("Write pictures of the main states and end."),
                                         QStringLiteral("folder"));
    QCommandLineOption firstPaint(QStringLiteral("report-first-paint"));
    firstPaint.setFlags(QCommandLineOption::HiddenFromHelp);
    QCommandLineParser parser;
    parser.setApplicationDescription(Words::tr("Draw flows of tasks, run them, watch them."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({dataDir, envFile, theme, sample, screenshots, firstPaint});
    parser.addPositionalArgument(QStringLiteral("files"), Words::tr("Flow files (*.flow.json) to open."),
                                 QStringLiteral("[files...]"));
    parser.process(application);

    GuiOptions options;
    if (parser.isSet(dataDir))
        options.configuration.insert(QStringLiteral("--data-dir"), parser.value(dataDir));
    if (parser.isSet(envFile))
        options.envFile = parser.value(envFile);
    if (parser.isSet(theme)) {
        options.theme = themeOf(parser.value(theme));
        if (!options.theme)
            options.error = Words::tr("--theme = \"%1\": must be light, dark or system").arg(parser.value(theme));
    }
    options.wishes = {parser.positionalArguments(), parser.isSet(sample)};
    options.reportFirstPaint = parser.isSet(firstPaint);
    if (parser.isSet(screenshots))
        options.screenshots = parser.value(screenshots);
    return options;
}

} // namespace flow
