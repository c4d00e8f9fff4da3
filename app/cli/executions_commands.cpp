// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json_shapes.h"
#include "base/similar_word.h"
#include "command.h"
#include "run_to_end.h"

#include <QJsonArray>

namespace flow::cli {

namespace {

/// The id of the first argument; 0 when it is none.
ExecutionId idOf(const Call &call)
{
    return call.arguments().first().toLongLong();
}

int noNumber(const Call &call)
{
    return misuse(Cli::tr("\"%1\" is not the number of an execution").arg(call.arguments().first()), call.command());
}

/// NotFound with what was probably meant. An empty list would say that the flow has not run.
Result<void> mustBeFlow(const FlowService &service, const FlowId &id)
{
    const Result<StoredFlow> flow = service.flowSummary(id);
    if (flow)
        return {};
    Error error = flow.error();
    const Result<LibraryFlows> library = service.libraryFlows();
    const QString meant = library ? similarWord(id, library->names.keys()) : QString();
    if (error.code == ErrorCode::NotFound && !meant.isEmpty())
        error.reason = Cli::tr("%1. Did you mean '%2'?").arg(error.reason, meant);
    return error;
}

int listExecutions(const Call &call)
{
    ExecutionQuery query{.flowId = call.value("flow")};
    if (call.has("status")) {
        query.status = executionStatusFromString(call.value("status"));
        if (!query.status)
            return misuse(
                Cli::tr("--status must be pending, running, paused, completed, failure, cancelled or interrupted"),
                call.command());
    }
    bool isNumber = true;
    query.perPage = call.has("limit") ? call.value("limit").toInt(&isNumber) : 20;
    if (!isNumber || query.perPage < 1 || query.perPage > 1000)
        return misuse(Cli::tr("--limit must be a whole number from 1 to 1000"), call.command());
    query.withOutput = call.has("json");
    query.topLevel = call.has("top-level");
    if (call.has("parent")) {
        query.parent = call.value("parent").toLongLong();
        if (*query.parent <= 0)
            return misuse(Cli::tr("--parent must be the number of an execution"), call.command());
        if (query.topLevel)
            return misuse(Cli::tr("Only one of --top-level and --parent can be given"), call.command());
    }
    const auto service = call.openService();
    if (!service)
        return fail(service.error());
    if (call.has("flow")) {
        if (const Result<void> there = mustBeFlow(**service, query.flowId); !there)
            return fail(there.error());
    }
    const Result<Page<Execution>> page = (*service)->executions(query);
    if (!page)
        return fail(page.error());
    if (call.has("json")) {
        QJsonArray data;
        for (const Execution &execution : page->items)
            data.append(executionJson(execution));
        printJson({{QStringLiteral("data"), data},
                   {QStringLiteral("pagination"), paginationJson(1, query.perPage, page->total)}});
        return Completed;
    }
    QList<QStringList> rows{{Cli::tr("ID"), Cli::tr("PARENT"), Cli::tr("STATUS"), Cli::tr("STARTED (UTC)"),
                             Cli::tr("TIME"), Cli::tr("FLOW"), Cli::tr("MESSAGE")}};
    for (const Execution &execution : page->items) {
        rows << QStringList{QString::number(execution.id),
                            execution.parent ? QString::number(execution.parent->id) : QStringLiteral("-"),
                            toString(execution.status),
                            execution.startedAt ? toIso(*execution.startedAt).left(19) : QStringLiteral("-"),
                            seconds(execution.durationSeconds),
                            execution.flowId,
                            execution.errorMessage.section(u'\n', 0, 0)};
    }
    printTable(rows);
    say(Cli::tr("%1 of %n execution(s)", nullptr, int(page->total)).arg(page->items.size()));
    return Completed;
}

int showExecution(const Call &call)
{
    if (idOf(call) <= 0)
        return noNumber(call);
    const auto service = call.openService();
    if (!service)
        return fail(service.error());
    const Result<ExecutionDetails> details = (*service)->execution(idOf(call), true);
    if (!details)
        return fail(details.error());
    printJson({{QStringLiteral("data"), executionJson(*details)}});
    return Completed;
}

QString endOf(const TaskFinished &task)
{
    // Nobody knows when a program died.
    const QString time =
        task.status == TaskStatus::Interrupted ? QString() : Cli::tr(" in %1").arg(seconds(task.durationSeconds));
    return QStringLiteral("%1: %2").arg(task.taskName, toString(task.status)) + time + errorOf(task);
}

QString lineOf(const ExecutionEvent &event)
{
    const auto text = [](const auto &what) -> QString {
        using What = std::decay_t<decltype(what)>;
        if constexpr (std::is_same_v<What, TaskStarted>)
            return Cli::tr("%1: started").arg(what.taskName);
        else if constexpr (std::is_same_v<What, TaskFinished>)
            return endOf(what);
        else if constexpr (std::is_same_v<What, TaskLogged>)
            return QStringLiteral("%1: [%2] %3").arg(what.taskName, toString(what.level), what.text);
        else if constexpr (std::is_same_v<What, ExecutionFinished>)
            return QStringLiteral("%1%2").arg(toString(what.status),
                                              what.error.isNull() ? QString() : QStringLiteral(": ") + what.error);
        else if constexpr (std::is_same_v<What, ExecutionPaused>)
            return Cli::tr("paused before %1: %2").arg(what.nextTask, what.reason);
        else if constexpr (std::is_same_v<What, ExecutionStarted>)
            return Cli::tr("started");
        else
            return {};
    };
    return std::visit(text, event.what);
}

int showLogs(const Call &call)
{
    if (idOf(call) <= 0)
        return noNumber(call);
    const auto service = call.openService();
    if (!service)
        return fail(service.error());
    if (const Result<ExecutionDetails> known = (*service)->execution(idOf(call), false); !known)
        return fail(known.error());
    const Result<QList<ExecutionEvent>> log = (*service)->executionLog(idOf(call));
    if (!log)
        return fail(log.error());
    for (const ExecutionEvent &event : *log) {
        if (const QString line = lineOf(event); !line.isEmpty())
            print(toIso(event.at) + QStringLiteral("  ") + line, 28);
    }
    return Completed;
}

int cancelExecution(const Call &call)
{
    if (idOf(call) <= 0)
        return noNumber(call);
    const auto service = call.openService();
    if (!service)
        return fail(service.error());
    if (const Result<void> cancelled = (*service)->cancel(idOf(call)); !cancelled)
        return fail(cancelled.error());
    print(Cli::tr("Execution %1 is being cancelled").arg(idOf(call)));
    return Completed;
}

} // namespace

QList<Command> executionsCommands()
{
    const auto option = [](const char *name, const QString &text, const QString &value = {}) {
        return QCommandLineOption(QString::fromLatin1(name), text, value);
    };
    const QString id = QStringLiteral("ID");
    return {
        {.name = QStringLiteral("executions list"),
         .summary = Cli::tr("List executions, newest first"),
         .details =
             Cli::tr("Examples:\n  flowctl executions list --top-level\n  flowctl executions list --flow flow123 "
                     "--status failure --limit 5\n  flowctl executions list --parent 12"),
         .options = {option("flow", Cli::tr("Only of this flow."), id),
                     option("status", Cli::tr("Only with this status."), QStringLiteral("STATUS")),
                     option("top-level", Cli::tr("Without those that other executions started.")),
                     option("parent", Cli::tr("Only those that this execution started."), id),
                     option("limit", Cli::tr("At most so many; 20 by default."), QStringLiteral("N")),
                     option("json", Cli::tr("Print JSON."))},
         .run = listExecutions},
        {.name = QStringLiteral("executions show"),
         .arguments = id,
         .summary = Cli::tr("Print an execution with its tasks as JSON"),
         .details = Cli::tr("Example:\n  flowctl executions show 12"),
         .options = {},
         .least = 1,
         .most = 1,
         .run = showExecution},
        {.name = QStringLiteral("executions logs"),
         .arguments = id,
         .summary = Cli::tr("Print what happened in an execution"),
         .details = Cli::tr("Example:\n  flowctl executions logs 12"),
         .options = {},
         .least = 1,
         .most = 1,
         .run = showLogs},
        {.name = QStringLiteral("executions cancel"),
         .arguments = id,
         .summary = Cli::tr("Stop a running execution"),
         .details = Cli::tr("Also reaches an execution that another program on this database runs; it stops soon "
                            "after.\n\nExample:\n  flowctl executions cancel 12"),
         .options = {},
         .least = 1,
         .most = 1,
         .run = cancelExecution},
    };
}

} // namespace flow::cli
