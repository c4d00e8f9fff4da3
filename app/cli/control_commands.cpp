// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "input_values.h"
#include "run_to_end.h"

#include <QJsonDocument>

namespace flow::cli {

namespace {

using Work = std::function<int(FlowService &service, ExecutionId id)>;

/// Opens the service for the execution that the first argument names.
int withExecution(const Call &call, const Work &work)
{
    const QString number = call.arguments().first();
    const ExecutionId id = number.toLongLong();
    if (id <= 0)
        return misuse(Cli::tr("\"%1\" is not the number of an execution").arg(number), call.command());
    const auto service = call.openService();
    return service ? work(**service, id) : fail(service.error());
}

int said(const Result<void> &done, const QString &text)
{
    if (!done)
        return fail(done.error());
    print(text);
    return Completed;
}

int seeThrough(FlowService &service, const Call &call,
               const std::function<Result<ExecutionId>(FlowService &service)> &begin)
{
    const Result<ExecutionDetails> details = runToEnd(service, begin);
    return details ? report(*details, call.has("json")) : fail(details.error());
}

int pauseExecution(const Call &call)
{
    return withExecution(call, [](FlowService &service, ExecutionId id) {
        return said(service.pause(id), Cli::tr("Execution %1 pauses before its next task").arg(id));
    });
}

/// What `--force` and its companions say the next task comes to.
Result<std::optional<TaskResult>> forcedResult(const Call &call)
{
    const auto misused = [](const QString &reason) { return Error{.code = ErrorCode::NotOneOf, .reason = reason}; };
    if (!call.has("force")) {
        if (call.has("data") || call.has("error"))
            return misused(
                Cli::tr("--data and --error say what a task comes to that does not run: give --force success "
                        "or --force failure, too"));
        return std::optional<TaskResult>();
    }
    const std::optional<TaskStatus> status = taskStatusFromString(call.value("force"));
    if (status != TaskStatus::Success && status != TaskStatus::Failure)
        return misused(Cli::tr("--force must be success or failure"));
    if (status == TaskStatus::Success && call.has("error"))
        return misused(Cli::tr("--error is why a task failed: it does not go with --force success"));
    QJsonValue data = QJsonValue::Undefined;
    if (call.has("data")) {
        QJsonParseError wrong;
        const QByteArray text = "[" + call.value("data").toUtf8() + "]";
        const QJsonDocument parsed = QJsonDocument::fromJson(text, &wrong);
        if (wrong.error != QJsonParseError::NoError)
            return Error{.code = ErrorCode::Syntax,
                         .reason = Cli::tr("--data must be JSON: %1").arg(wrong.errorString())};
        data = parsed[0];
    }
    return std::optional(status == TaskStatus::Success
                             ? TaskResult::success(data)
                             : TaskResult::failure(call.has("error") ? call.value("error") : QString(), data));
}

int goOn(const Call &call, bool step)
{
    const Result<std::optional<TaskResult>> forced = forcedResult(call);
    if (!forced)
        return misuse(forced.error().reason, call.command());
    return withExecution(call, [&](FlowService &service, ExecutionId id) {
        return seeThrough(service, call, [&](FlowService &) -> Result<ExecutionId> {
            const Result<void> done = service.continueExecution(id, {.step = step, .forced = *forced});
            return done ? Result<ExecutionId>(id) : done.error();
        });
    });
}

int resumeExecution(const Call &call)
{
    const Result<QList<Breakpoint>> breakpoints = breakpointsOf(call.values("breakpoint"));
    if (!breakpoints)
        return misuse(breakpoints.error().reason, call.command());
    return withExecution(call, [&](FlowService &service, ExecutionId id) {
        return seeThrough(service, call, [&](FlowService &) {
            return service.resume(id, {.fromTask = call.value("from"),
                                       .newestRevision = call.has("newest"),
                                       .breakpoints = *breakpoints,
                                       .pause = call.has("pause")});
        });
    });
}

int showContext(const Call &call)
{
    return withExecution(call, [](FlowService &service, ExecutionId id) {
        const Result<QJsonObject> context = service.executionContext(id);
        if (!context)
            return fail(context.error());
        printJson(*context);
        return int(Completed);
    });
}

int editContext(const Call &call)
{
    const QStringList pairs = call.values("set");
    const Result<QJsonObject> set = inputContext(pairs, QString());
    const bool hasNames =
        std::all_of(pairs.begin(), pairs.end(), [](const QString &one) { return one.indexOf(u'=') > 0; });
    if (!hasNames || !set)
        return misuse(Cli::tr("--set needs NAME=VALUE"), call.command());
    if (set->isEmpty() && !call.has("remove"))
        return misuse(Cli::tr("Say what to change, with --set NAME=VALUE or --remove NAME"), call.command());
    return withExecution(call, [&](FlowService &service, ExecutionId id) {
        return said(service.editContext(id, *set, call.values("remove")),
                    Cli::tr("Changed the context of execution %1").arg(id));
    });
}

int setBreakpoints(const Call &call)
{
    const Result<QList<Breakpoint>> breakpoints = breakpointsOf(call.values("breakpoint"));
    if (!breakpoints)
        return misuse(breakpoints.error().reason, call.command());
    if (call.has("breakpoint") && call.has("none"))
        return misuse(Cli::tr("Only one of --breakpoint and --none can be given"), call.command());
    return withExecution(call, [&](FlowService &service, ExecutionId id) {
        if (call.has("breakpoint") || call.has("none")) {
            if (const Result<void> done = service.setBreakpoints(id, *breakpoints); !done)
                return fail(done.error());
        }
        const Result<QList<Breakpoint>> now = service.breakpoints(id);
        if (!now)
            return fail(now.error());
        printJson({{QStringLiteral("data"), toJson(*now)}});
        return int(Completed);
    });
}

int pin(const Call &call, bool pinned)
{
    return withExecution(call, [pinned](FlowService &service, ExecutionId id) {
        return said(service.setPinned(id, pinned), pinned
                                                       ? Cli::tr("Execution %1 is kept").arg(id)
                                                       : Cli::tr("Execution %1 is kept no longer than others").arg(id));
    });
}

Command command(const char *name, const QString &summary, const QString &details,
                const QList<QCommandLineOption> &options, const std::function<int(const Call &)> &run)
{
    return {.name = QStringLiteral("executions ") + QString::fromLatin1(name),
            .arguments = QStringLiteral("ID"),
            .summary = summary,
            .details = details,
            .options = options,
            .least = 1,
            .most = 1,
            .run = run};
}

} // namespace

QList<Command> controlCommands()
{
    const auto option = [](const char *name, const QString &text, const char *value = "") {
        return QCommandLineOption(QString::fromLatin1(name), text, QString::fromLatin1(value));
    };
    const QCommandLineOption json = option("json", Cli::tr("Print the execution as the REST API does."));
    const QList<QCommandLineOption> goingOn{
        option("force", Cli::tr("Do not run the next task: it comes to success or failure."), "OUTCOME"),
        option("data", Cli::tr("With --force: what it returns, as JSON."), "JSON"),
        option("error", Cli::tr("With --force failure: why."), "TEXT"), json};
    return {
        command("pause", Cli::tr("Pause an execution before its next task"),
                Cli::tr("Example:\n  flowctl executions pause 12"), {}, pauseExecution),
        command("continue", Cli::tr("Go on with a paused execution"),
                Cli::tr("It runs in this program until it ends or is paused again; Ctrl+C cancels it.\n\nExamples:\n"
                        "  flowctl executions continue 12\n  flowctl executions continue 12 --force success --data "
                        "'{\"rows\": 5}'"),
                goingOn, [](const Call &call) { return goOn(call, false); }),
        command("step", Cli::tr("Go on with a paused execution for one task"),
                Cli::tr("Example:\n  flowctl executions step 12"), goingOn,
                [](const Call &call) { return goOn(call, true); }),
        command("resume", Cli::tr("Run an ended execution again from where it ended"),
                Cli::tr("Makes a new execution that takes over the results of the tasks before.\n\nExamples:\n"
                        "  flowctl executions resume 12\n  flowctl executions resume 12 --from load --newest"),
                {option("from", Cli::tr("Begin at this task, which ran in it."), "TASK"),
                 option("newest", Cli::tr("With the flow as it is now instead of as it was.")), breakpointOption(),
                 option("pause", Cli::tr("Pause before that task.")), json},
                resumeExecution),
        command("context", Cli::tr("Print input and results as the next task would see them"),
                Cli::tr("Example:\n  flowctl executions context 12"), {}, showContext),
        command("edit", Cli::tr("Change the context of a paused execution"),
                Cli::tr("A value that is JSON is taken as such.\n\nExample:\n  flowctl executions edit 12 --set "
                        "'load={\"status\": \"success\", \"data\": 5}' --remove day"),
                {option("set", Cli::tr("A name and its new value; may be given several times."), "NAME=VALUE"),
                 option("remove", Cli::tr("A name to take out; may be given several times."), "NAME")},
                editContext),
        command("breakpoints", Cli::tr("Show or replace the breakpoints of an execution"),
                Cli::tr("Examples:\n  flowctl executions breakpoints 12\n  flowctl executions breakpoints 12 "
                        "--breakpoint load --breakpoint 'condition:retry=input.day > 1'\n"
                        "  flowctl executions breakpoints 12 --none"),
                {breakpointOption(), option("none", Cli::tr("Remove all."))}, setBreakpoints),
        command("pin", Cli::tr("Keep an execution whatever the limits of the history say"),
                Cli::tr("Example:\n  flowctl executions pin 12"), {}, [](const Call &call) { return pin(call, true); }),
        command("unpin", Cli::tr("Keep an execution no longer than others"),
                Cli::tr("Example:\n  flowctl executions unpin 12"), {},
                [](const Call &call) { return pin(call, false); }),
    };
}

} // namespace flow::cli
