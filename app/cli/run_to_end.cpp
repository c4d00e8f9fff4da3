// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_to_end.h"

#include "api/json_shapes.h"
#include "signal_watcher.h"

#include <QCoreApplication>
#include <QFutureWatcher>
#include <QTimer>

namespace flow::cli {

namespace {

/// After so long somebody wonders whether anything goes on.
constexpr std::chrono::milliseconds silence{500};

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
        say({{QStringLiteral("   ")},
             {good ? QStringLiteral("✓") : QStringLiteral("✗"), good ? Colour::Green : Colour::Red},
             {Cli::tr(" %1 in %2").arg(toString(event.status), seconds(event.durationSeconds)) + errorOf(event)},
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
    void operator()(const ExecutionPaused &) const {} // the summary says why
    void operator()(const ExecutionFinished &) const {}

private:
    static constexpr int indent = 3;
};

} // namespace

Result<ExecutionDetails> runToEnd(FlowService &service,
                                  const std::function<Result<ExecutionId>(FlowService &service)> &begin)
{
    SignalWatcher signalWatcher;
    std::optional<ExecutionId> running;
    // What it tells meanwhile arrives once the event loop runs.
    QObject::connect(&service, &FlowService::executionEvent, qApp, [&running](const ExecutionEvent &event) {
        if (running && event.executionId == *running)
            std::visit(Progress(), event.what);
    });
    const Result<ExecutionId> started = begin(service);
    if (!started)
        return started.error();
    running = *started;
    QObject::connect(&signalWatcher, &SignalWatcher::interrupted, qApp, [&service, id = *started] {
        say(Cli::tr("Cancelling; press Ctrl+C again to end at once"));
        (void)service.cancel(id);
    });

    QTimer::singleShot(silence, qApp, [&service, id = *started] {
        const Result<ExecutionDetails> now = service.execution(id, false);
        if (now && now->execution.status == ExecutionStatus::Pending)
            say({{Cli::tr("Run %1 waits for its turn").arg(id), Colour::Grey}});
    });

    QFutureWatcher<ExecutionDetails> watcher;
    QObject::connect(&watcher, &QFutureWatcher<ExecutionDetails>::finished, qApp, &QCoreApplication::quit,
                     Qt::QueuedConnection);
    watcher.setFuture(service.finished(*started));
    QCoreApplication::exec();
    // Where the database cannot be read just now, what was told of its end is all there is.
    const Result<ExecutionDetails> kept = service.execution(*started, false);
    if (!kept && kept.error().code == ErrorCode::NotFound)
        return Error{.code = ErrorCode::Cancelled,
                     .reason = Cli::tr("Run %1 was deleted, with its flow, before it had ended").arg(*started)};
    return watcher.result();
}

int report(const ExecutionDetails &details, bool json)
{
    const Execution &execution = details.execution;
    const bool completed = execution.status == ExecutionStatus::Completed;
    const bool paused = execution.status == ExecutionStatus::Paused;
    if (json)
        printJson({{QStringLiteral("data"), executionJson(details)}});
    else if (execution.outputData)
        printJson(*execution.outputData);
    say({{summaryOf(execution), completed ? Colour::Green : paused ? Colour::Yellow : Colour::Red}}, 2);
    if (paused)
        say(Cli::tr("flowctl executions continue %1 goes on with it").arg(execution.id));
    return completed ? Completed : paused ? Paused : Failed;
}

QString errorOf(const TaskFinished &task)
{
    const QString why = task.error.isNull() ? QString() : QStringLiteral(": ") + task.error;
    return task.retryAt ? why + Cli::tr("; tries again at %1").arg(toIso(*task.retryAt).left(19) + u'Z') : why;
}

QString seconds(const std::optional<double> &duration)
{
    return duration ? QStringLiteral("%1 s").arg(*duration, 0, 'f', 2) : QStringLiteral("-");
}

QString summaryOf(const Execution &execution)
{
    if (execution.status == ExecutionStatus::Paused)
        return Cli::tr("Run %1: %2").arg(QString::number(execution.id), execution.pausedBecause);
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

} // namespace flow::cli
