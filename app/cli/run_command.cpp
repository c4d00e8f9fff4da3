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

/// Starts what is named: a file's flow, or one of the library.
Result<ExecutionId> start(FlowService &service, const QString &name, const QJsonObject &input)
{
    if (!isFile(name))
        return service.start(name, input);
    const Result<QByteArray> text = readInput(name);
    if (!text)
        return text.error();
    const FlowFileReading reading = readForImport(*text, name);
    if (!reading.ok()) {
        Error error = reading.errors.first();
        QStringList lines;
        for (const Error &each : reading.errors)
            lines << each.text();
        return Error{.code = ErrorCode::InvalidFlow, .reason = lines.join(u'\n')};
    }
    return service.start(RunRequest{reading.file, input});
}

/// Says on stderr what happens, one line for each event.
class Progress
{
public:
    void operator()(const TaskStarted &event) const
    {
        const QString attempt = event.attempt > 1 ? Cli::tr(", attempt %1").arg(event.attempt) : QString();
        say(paint(QStringLiteral("%1. %2%3").arg(event.sequenceNumber).arg(event.taskName, attempt), Colour::Bold));
    }
    void operator()(const TaskFinished &event) const
    {
        const bool good = event.status == TaskStatus::Success;
        const QString next = event.nextTask.isNull() ? QString() : QStringLiteral(" → %1").arg(event.nextTask);
        const QString why = event.error.isNull() ? QString() : QStringLiteral(": ") + event.error;
        say(Cli::tr("   %1 %2 in %3%4%5")
                .arg(paint(good ? QStringLiteral("✓") : QStringLiteral("✗"), good ? Colour::Green : Colour::Red),
                     toString(event.status), seconds(event.durationSeconds), why, paint(next, Colour::Grey)));
    }
    void operator()(const TaskLogged &event) const { say(paint(QStringLiteral("   ") + event.text, Colour::Grey)); }
    void operator()(const ExecutionQueued &) const {}
    void operator()(const ExecutionStarted &) const {}
    void operator()(const TaskProgressed &) const {}
    void operator()(const ExecutionFinished &) const {}
};

int report(const ExecutionDetails &details, bool json)
{
    const Execution &execution = details.execution;
    const bool completed = execution.status == ExecutionStatus::Completed;
    if (json)
        printJson({{QStringLiteral("data"), executionJson(details)}});
    else if (execution.outputData)
        printJson(*execution.outputData);
    say(paint(summaryOf(execution), completed ? Colour::Green : Colour::Red));
    return completed ? Completed : Failed;
}

} // namespace

QString seconds(const std::optional<double> &duration)
{
    return duration ? QStringLiteral("%1 s").arg(*duration, 0, 'f', 2) : QStringLiteral("-");
}

QString summaryOf(const Execution &execution)
{
    QString text = Cli::tr("Run %1 %2 in %3, tasks run: %4")
                       .arg(execution.id)
                       .arg(toString(execution.status), seconds(execution.durationSeconds))
                       .arg(execution.totalTasksExecuted);
    if (!execution.errorMessage.isNull())
        text += QStringLiteral(". %1%2").arg(execution.errorTask.isNull() ? QString()
                                                                          : execution.errorTask + QStringLiteral(": "),
                                             execution.errorMessage);
    return text;
}

int runFlow(const Call &call)
{
    const QStringList pairs = call.values("input");
    for (const QString &pair : pairs) {
        if (pair.indexOf(u'=') < 1)
            return misuse(Cli::tr("--input needs NAME=VALUE, not \"%1\"").arg(pair), call.command());
    }
    const QString jsonFile = call.has("input-json") ? call.value("input-json") : QString();
    const Result<QJsonObject> input = inputContext(pairs, jsonFile);
    if (!input)
        return failToRead(input.error());
    const Result<std::unique_ptr<FlowService>> opened = call.openService();
    if (!opened)
        return fail(opened.error());
    FlowService &service = **opened;

    SignalWatcher signalWatcher;
    std::optional<ExecutionId> running;
    QObject::connect(&service, &FlowService::executionEvent, qApp, [&running](const ExecutionEvent &event) {
        if (running && event.executionId == *running)
            std::visit(Progress(), event.what);
    });
    const QString name = call.arguments().first();
    const Result<ExecutionId> started = start(service, name, *input);
    if (!started) {
        // An id may well be the name of a folder here; a folder that is no id is not what was meant.
        const bool isFolder = started.error().code == ErrorCode::NotFound && QFileInfo(name).isDir();
        return isFolder ? failToRead(readInput(name).error()) : failToRead(started.error());
    }
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
    return report(watcher.result(), call.has("json"));
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
