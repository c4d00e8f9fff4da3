// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "input_values.h"
#include "signal_watcher.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QLocale>

namespace flow::cli {

namespace {

QString sizeText(qint64 bytes)
{
    return QLocale::c().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

int backUp(const Call &call)
{
    const QString file = QDir::current().absoluteFilePath(call.arguments().first());
    const auto service = call.openService();
    if (!service)
        return fail(service.error());
    const ExistingFile existing = call.has("force") ? ExistingFile::Replace : ExistingFile::Keep;
    if (const Result<void> done = (*service)->backUpDatabase(file, existing); !done) {
        Error error = done.error();
        if (error.code == ErrorCode::Conflict)
            error.reason = Cli::tr("The file exists already. Choose another name, or replace it with --force");
        return fail(error);
    }
    print(Cli::tr("Backed up to %1 (%2)").arg(file, sizeText(QFileInfo(file).size())));
    return Completed;
}

int restore(const Call &call)
{
    const QString file = QDir::current().absoluteFilePath(call.arguments().first());
    const auto read = call.configuration();
    if (!read)
        return fail(read.error());
    const Result<QString> old = FlowService::restoreDatabase(read->settings, file);
    if (!old)
        return failToRead(old.error());
    print(Cli::tr("Restored from %1").arg(file));
    if (!old->isEmpty())
        print(Cli::tr("The database that was there is kept as %1").arg(*old));
    return Completed;
}

/// So damaged that it cannot be opened, or read to its end.
int failToCheck(const Error &error)
{
    const int code = fail(error);
    return error.code == ErrorCode::Corrupt ? Invalid : code;
}

int check(const Call &call)
{
    const auto service = call.openService();
    if (!service)
        return failToCheck(service.error());
    const Result<QStringList> problems = (*service)->checkDatabase();
    if (!problems)
        return failToCheck(problems.error());
    if (call.has("json"))
        printJson({{QStringLiteral("data"), QJsonArray::fromStringList(*problems)}});
    else if (problems->isEmpty())
        print(Cli::tr("The database is whole"));
    else
        for (const QString &problem : *problems)
            print(problem);
    if (problems->isEmpty())
        return Completed;
    say(Cli::tr("%n problem(s). Keep a copy of the data folder, and go on with the last good backup: "
                "\"flowctl db restore FILE\"",
                nullptr, int(problems->size())));
    return Invalid;
}

QJsonObject json(const DatabaseStats &stats)
{
    QJsonArray flows;
    for (auto flow = stats.perFlow.begin(); flow != stats.perFlow.end(); ++flow) {
        QJsonObject byStatus;
        for (auto status = flow->executions.begin(); status != flow->executions.end(); ++status)
            byStatus.insert(toString(status.key()), status.value());
        flows.append(QJsonObject{{QStringLiteral("flow_id"), flow.key()},
                                 {QStringLiteral("executions"), byStatus},
                                 {QStringLiteral("bytes"), flow->bytes},
                                 {QStringLiteral("oldest"), flow->oldest ? toIso(*flow->oldest) : QString()},
                                 {QStringLiteral("newest"), flow->newest ? toIso(*flow->newest) : QString()}});
    }
    return {{QStringLiteral("database"), stats.name},
            {QStringLiteral("bytes"), stats.bytes},
            {QStringLiteral("free_bytes"), stats.freeBytes},
            {QStringLiteral("flows"), stats.flows},
            {QStringLiteral("revisions"), stats.revisions},
            {QStringLiteral("pinned"), stats.pinned},
            {QStringLiteral("history"), flows}};
}

int showStats(const Call &call)
{
    const auto service = call.openService();
    if (!service)
        return fail(service.error());
    const Result<DatabaseStats> stats = (*service)->databaseStats();
    if (!stats)
        return fail(stats.error());
    if (call.has("json")) {
        printJson({{QStringLiteral("data"), json(*stats)}});
        return Completed;
    }
    print(stats->name);
    print(Cli::tr("%1, of which %2 are free").arg(sizeText(stats->bytes), sizeText(stats->freeBytes)) +
          QStringLiteral("; ") + Cli::tr("%n flow(s)", nullptr, int(stats->flows)) + QStringLiteral(", ") +
          Cli::tr("%n revision(s)", nullptr, int(stats->revisions)) + QStringLiteral(", ") +
          Cli::tr("%n pinned run(s)", nullptr, int(stats->pinned)));
    QList<QStringList> rows{{Cli::tr("FLOW"), Cli::tr("RUNS"), Cli::tr("NOT ENDED"), Cli::tr("ABOUT"),
                             Cli::tr("OLDEST"), Cli::tr("NEWEST")}};
    for (auto flow = stats->perFlow.begin(); flow != stats->perFlow.end(); ++flow) {
        qint64 all = 0;
        qint64 open = 0;
        for (auto status = flow->executions.begin(); status != flow->executions.end(); ++status) {
            all += status.value();
            open += isFinished(status.key()) ? 0 : status.value();
        }
        rows.append({flow.key(), QString::number(all), QString::number(open), sizeText(flow->bytes),
                     flow->oldest ? toIso(*flow->oldest) : QString(), flow->newest ? toIso(*flow->newest) : QString()});
    }
    if (rows.size() > 1)
        printTable(rows);
    return Completed;
}

int prune(const Call &call)
{
    const auto service = call.openService();
    if (!service)
        return fail(service.error());
    CancelSource stop;
    SignalWatcher signalWatcher;
    QObject::connect(
        &signalWatcher, &SignalWatcher::interrupted, qApp, [&stop] { stop.cancel(); }, Qt::DirectConnection);
    const Result<DatabaseStats> before = (*service)->databaseStats();
    if (!before)
        return fail(before.error());
    // On a worker, so that Ctrl+C is heard here.
    Result<PruneReport> report = PruneReport();
    auto work = (*service)->async([&] {
        report = (*service)->prune({.dryRun = call.has("dry-run"), .cancel = stop.token(), .progress = {}});
        QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
        return true;
    });
    QCoreApplication::exec();
    work.waitForFinished();
    if (!report)
        return fail(report.error());
    if (call.has("dry-run")) {
        print(Cli::tr("%n run(s) would be removed", nullptr, report->executions));
        return Completed;
    }
    const Result<DatabaseStats> after = (*service)->databaseStats();
    const qint64 given = after ? std::max<qint64>(before->bytes - after->bytes, 0) : 0;
    print(Cli::tr("Removed %n run(s)", nullptr, report->executions) +
          Cli::tr(", %1 with all that these had started; %2 revisions; gave back %3")
              .arg(QString::number(report->together), QString::number(report->revisions), sizeText(given)));
    if (!report->cancelled)
        return Completed;
    say(Cli::tr("Stopped before the end; what remains goes with the next prune"));
    return Failed;
}

QCommandLineOption jsonOption()
{
    return QCommandLineOption(QStringLiteral("json"), Cli::tr("Print JSON."));
}

} // namespace

QList<Command> dbCommands()
{
    return {
        {.name = QStringLiteral("db backup"),
         .arguments = QStringLiteral("FILE"),
         .summary = Cli::tr("Copy the whole database while it is in use"),
         .details = Cli::tr("The file is there only once it is whole. Of a database on a server pg_dump makes "
                            "backups.\n\nExample:\n  flowctl db backup ~/flows-2026-11-23.db"),
         .options = {QCommandLineOption(QStringLiteral("force"),
                                        Cli::tr("Replace the file if it exists; never the database itself."))},
         .least = 1,
         .most = 1,
         .run = backUp},
        {.name = QStringLiteral("db restore"),
         .arguments = QStringLiteral("FILE"),
         .summary = Cli::tr("Put a backup in the place of the database"),
         .details = Cli::tr("No program may have the database open. The old one is kept beside it, with its log, which "
                            "would damage the new one. A backup made before an update is brought up to date when it is "
                            "used.\n\nExample:\n  flowctl db restore ~/flows-2026-11-23.db"),
         .least = 1,
         .most = 1,
         .run = restore},
        {.name = QStringLiteral("db check"),
         .summary = Cli::tr("Look whether the database is whole"),
         .details =
             Cli::tr("Reads everything: pages, references, kept totals, and whether each revision is what its id "
                     "says. Ends with 4 when something is wrong.\n\nExample:\n  flowctl db check"),
         .options = {jsonOption()},
         .run = check},
        {.name = QStringLiteral("db stats"),
         .summary = Cli::tr("Show what the database holds, and how large it is"),
         .details = Cli::tr("Example:\n  flowctl db stats --json"),
         .options = {jsonOption()},
         .run = showStats},
        {.name = QStringLiteral("db prune"),
         .summary = Cli::tr("Remove old runs now, as far as the settings say"),
         .details =
             Cli::tr("FLOW_KEEP_DAYS, FLOW_KEEP_RUNS, FLOW_KEEP_MEGABYTES, and the same with _PER_FLOW, say what "
                     "is kept; pinned runs stay. Programs that stay do this by themselves.\n\nExamples:\n"
                     "  flowctl db prune --dry-run\n  FLOW_KEEP_DAYS=30 flowctl db prune"),
         .options = {QCommandLineOption(QStringLiteral("dry-run"), Cli::tr("Only say how many runs would go."))},
         .run = prune},
    };
}

} // namespace flow::cli
