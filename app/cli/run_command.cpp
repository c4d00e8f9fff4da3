// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_command.h"

#include "api/json_shapes.h"
#include "input_values.h"
#include "service/flow_import.h"
#include "signal_watcher.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QFutureWatcher>

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

/// Says on stderr what happens, one line for each event.
class Progress
{
public:
    void operator()(const TaskStarted &event) const
    {
        const QString attempt = event.attempt > 1 ? Cli::tr(", attempt %1").arg(event.attempt) : QString();
        say({{QStringLiteral("%1. %2%3").arg(QString::number(event.sequenceNumber), event.taskName, attempt),
              Colour::Bold}},
            indent);
    }
    void operator()(const TaskFinished &event) const
    {
        const bool good = event.status == TaskStatus::Success;
        const QString next = event.nextTask.isNull() ? QString() : QStringLiteral(" → %1").arg(event.nextTask);
        const QString why = event.error.isNull() ? QString() : QStringLiteral(": ") + event.error;
        say({{QStringLiteral("   ")},
             {good ? QStringLiteral("✓") : QStringLiteral("✗"), good ? Colour::Green : Colour::Red},
             {Cli::tr(" %1 in %2").arg(toString(event.status), seconds(event.durationSeconds)) + why},
             {next, Colour::Grey}},
            indent);
    }
    void operator()(const TaskLogged &event) const
    {
        say({{QStringLiteral("   ") + event.text, Colour::Grey}}, indent);
    }
    void operator()(const ExecutionQueued &) const {}
    void operator()(const ExecutionStarted &) const {}
    void operator()(const TaskProgressed &) const {}
    void operator()(const ExecutionPaused &event) const { say({{event.reason, Colour::Bold}}, indent); }
    void operator()(const ExecutionFinished &) const {}

private:
    static constexpr int indent = 3;
};

/// Runs from start to end, with progress; an interrupt cancels.
Result<ExecutionDetails> runToEnd(FlowService &service, const QString &name, const std::optional<FlowFile> &file,
                                  const QJsonObject &input)
{
    SignalWatcher signalWatcher;
    std::optional<ExecutionId> running;
    QObject::connect(&service, &FlowService::executionEvent, qApp, [&running](const ExecutionEvent &event) {
        if (running && event.executionId == *running)
            std::visit(Progress(), event.what);
    });
    const Result<ExecutionId> started = file ? service.start(RunRequest{*file, input}) : service.start(name, input);
    if (!started)
        return started.error();
    running = *started;
    QObject::connect(&signalWatcher, &SignalWatcher::interrupted, qApp, [&service, id = *started] {
        say(Cli::tr("Cancelling; press Ctrl+C again to end at once"));
        (void)service.cancel(id);
    });

    QFutureWatcher<ExecutionDetails> watcher;
    QObject::connect(&watcher, &QFutureWatcher<ExecutionDetails>::finished, qApp, &QCoreApplication::quit,
                     Qt::QueuedConnection);
    watcher.setFuture(service.finished(*started));
    QCoreApplication::exec();
    if (const Result<ExecutionDetails> kept = service.execution(*started, false); !kept)
        return Error{.code = ErrorCode::Cancelled,
                     .reason = Cli::tr("Run %1 was deleted, with its flow, before it had ended").arg(*started)};
    return watcher.result();
}

int report(const ExecutionDetails &details, bool json)
{
    const Execution &execution = details.execution;
    const bool completed = execution.status == ExecutionStatus::Completed;
    if (json)
        printJson({{QStringLiteral("data"), executionJson(details)}});
    else if (execution.outputData)
        printJson(*execution.outputData);
    say({{summaryOf(execution), completed ? Colour::Green : Colour::Red}}, 2);
    return completed ? Completed : Failed;
}

} // namespace

QString seconds(const std::optional<double> &duration)
{
    return duration ? QStringLiteral("%1 s").arg(*duration, 0, 'f', 2) : QStringLiteral("-");
}

QString summaryOf(const Execution &execution)
{
    const auto end = [&execution]() -> QString {
        switch (execution.status) {
        case ExecutionStatus::Completed:
            return Cli::tr("Run %1 completed in %2");
        case ExecutionStatus::Failure:
            return Cli::tr("Run %1 failed in %2");
        case ExecutionStatus::Cancelled:
            return Cli::tr("Run %1 was cancelled after %2");
        default:
            return Cli::tr("Run %1 was interrupted after %2");
        }
    };
    QString text = end().arg(QString::number(execution.id), seconds(execution.durationSeconds)) + QStringLiteral(", ") +
                   Cli::tr("%n task(s) run", nullptr, execution.totalTasksExecuted);
    if (execution.errorMessage.isNull())
        return text;
    const QString task = execution.errorTask.isNull() ? QString() : execution.errorTask + QStringLiteral(": ");
    return text + QStringLiteral("\n") + task + execution.errorMessage;
}

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
    // All that may wait for somebody to type is read before the run begins.
    const Result<std::optional<FlowFile>> file = flowIn(name);
    if (!file)
        return failToRead(file.error());
    const Result<std::unique_ptr<FlowService>> opened = call.openService();
    if (!opened)
        return fail(opened.error());
    const Result<ExecutionDetails> details = runToEnd(**opened, name, *file, *input);
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
    return {
        {.name = QStringLiteral("run"),
         .arguments = QStringLiteral("FILE|ID"),
         .summary = Cli::tr("Run a flow and wait for its end"),
         .details = Cli::tr(
             "Progress goes to stderr, the result to stdout. Ctrl+C cancels the run, a second one ends the program.\n\n"
             "Examples:\n  flowctl run report.flow.json --input day=2026-01-10 --input limit=5\n"
             "  flowctl run flow123 --json\n  echo '{\"day\": 1}' | flowctl run flow123 --input-json -"),
         .options = {inputOption, jsonInput, json},
         .least = 1,
         .most = 1,
         .run = runFlow},
        {.name = QStringLiteral("validate"),
         .arguments = QStringLiteral("FILE..."),
         .summary = Cli::tr("Check flow files without running them"),
         .details =
             Cli::tr("Prints every problem with its place. Ends with 4 when there is an error; warnings are fine.\n\n"
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
