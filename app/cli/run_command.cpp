// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_command.h"

#include "input_values.h"
#include "run_to_end.h"
#include "service/flow_import.h"

#include <QFileInfo>

namespace flow::cli {

namespace {

bool isFile(const QString &name)
{
    return name == QStringLiteral("-") || name.endsWith(QStringLiteral(".json")) || QFileInfo(name).isFile();
}

/// The flow in a file; nothing when the name is none of a file but of a flow in the library.
Result<std::optional<FlowFile>> flowIn(const QString &name)
{
    if (!isFile(name))
        return std::optional<FlowFile>();
    const Result<QByteArray> text = readInput(name);
    if (!text)
        return text.error();
    const FlowFileReading reading = readForImport(*text, inputName(name));
    if (!reading.ok())
        return Error{.code = ErrorCode::InvalidFlow, .reason = flow::text(reading.errors)};
    return std::optional(reading.file);
}

Result<StartOptions> startOptions(const Call &call)
{
    StartOptions options;
    if (call.has("from") && call.has("only"))
        return Error{.code = ErrorCode::NotAllowed, .reason = Cli::tr("only one of --from and --only can be given")};
    options.singleTask = call.has("only");
    options.startTask = call.has("only") ? call.value("only") : call.value("from");
    options.pause = call.has("pause");
    const Result<QList<Breakpoint>> breakpoints = breakpointsOf(call.values("breakpoint"));
    if (!breakpoints)
        return breakpoints.error();
    options.breakpoints = *breakpoints;
    return options;
}

} // namespace

int runFlow(const Call &call)
{
    const QStringList pairs = call.values("input");
    for (const QString &pair : pairs) {
        if (pair.indexOf(u'=') < 1)
            return misuse(Cli::tr("--input needs NAME=VALUE, not \"%1\"").arg(pair), call.command());
    }
    const QString name = call.arguments().first();
    if (name == QStringLiteral("-") && call.value("input-json") == name)
        return misuse(Cli::tr("only one of FILE and --input-json can be stdin"), call.command());
    const QString jsonFile = call.has("input-json") ? call.value("input-json") : QString();
    const Result<QJsonObject> input = inputContext(pairs, jsonFile);
    if (!input)
        return failToRead(input.error());
    const Result<StartOptions> options = startOptions(call);
    if (!options)
        return misuse(options.error().text(), call.command());
    // All that may wait for somebody to type is read before the run begins.
    const Result<std::optional<FlowFile>> file = flowIn(name);
    if (!file)
        return failToRead(file.error());
    const Result<std::unique_ptr<FlowService>> opened = call.openService();
    if (!opened)
        return fail(opened.error());
    const Result<ExecutionDetails> details = runToEnd(**opened, [&](FlowService &service) {
        return *file ? service.start(RunRequest{**file, *input, *options}) : service.start(name, *input, *options);
    });
    if (details)
        return report(*details, call.has("json"));
    // An id may well be the name of a folder here; a folder that is no id is not what was meant.
    const bool isFolder = details.error().code == ErrorCode::NotFound && QFileInfo(name).isDir();
    return isFolder ? failToRead(readInput(name).error()) : fail(details.error());
}

QList<Command> runCommands()
{
    const QCommandLineOption inputOption(QStringLiteral("input"),
                                         Cli::tr("A value of the input; may be given several times."),
                                         QStringLiteral("NAME=VALUE"));
    const QCommandLineOption jsonInput(QStringLiteral("input-json"), Cli::tr("The input as a JSON object; - is stdin."),
                                       QStringLiteral("FILE"));
    const QCommandLineOption json(QStringLiteral("json"), Cli::tr("Print the execution as the REST API does."));
    const QCommandLineOption context(QStringLiteral("context"), Cli::tr("The variables as a JSON object; - is stdin."),
                                     QStringLiteral("FILE"));
    const QCommandLineOption from(QStringLiteral("from"),
                                  Cli::tr("Begin at this task; results that it needs may stand in the input."),
                                  QStringLiteral("TASK"));
    const QCommandLineOption only(QStringLiteral("only"), Cli::tr("Run this task alone."), QStringLiteral("TASK"));
    const QCommandLineOption breakpoint = breakpointOption();
    const QCommandLineOption pause(QStringLiteral("pause"), Cli::tr("Pause before the first task."));
    return {
        {.name = QStringLiteral("run"),
         .arguments = QStringLiteral("FILE|ID"),
         .summary = Cli::tr("Run a flow and wait for its end"),
         .details = Cli::tr(
             "Progress goes to stderr, the result to stdout. Ctrl+C cancels the run, a second one ends the program.\n\n"
             "Examples:\n  flowctl run report.flow.json --input day=2026-01-10 --input limit=5\n"
             "  flowctl run flow123 --json\n  flowctl run flow123 --breakpoint \"task3=input.day > 1\"\n  echo "
             "'{\"day\": 1}' | flowctl run flow123 --input-json -"),
         .options = {inputOption, jsonInput, json, from, only, breakpoint, pause},
         .least = 1,
         .most = 1,
         .run = runFlow},
        {.name = QStringLiteral("validate"),
         .arguments = QStringLiteral("FILE..."),
         .summary = Cli::tr("Check flow files without running them"),
         .details =
             Cli::tr("Prints every problem with its place. Ends with 4 when there is an error; warnings are fine.\n"
                     "Flows that run flows of the library are held against the library, if there is one.\n\n"
                     "Examples:\n  flowctl validate report.flow.json\n  flowctl validate flows/*.flow.json"),
         .options = {},
         .least = 1,
         .most = 100000,
         .run = validateFiles},
        {.name = QStringLiteral("eval"),
         .arguments = QStringLiteral("EXPRESSION"),
         .summary = Cli::tr("Evaluate an expression"),
         .details = Cli::tr(
             "Prints the value as JSON. The members of --context are the variables.\n\n"
             "Examples:\n  flowctl eval '1 + 2'\n  flowctl eval 'tasks.fetch.data.count > 0' --context context.json"),
         .options = {context},
         .least = 1,
         .most = 1,
         .run = evaluate},
    };
}

} // namespace flow::cli
