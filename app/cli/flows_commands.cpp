// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json_shapes.h"
#include "command.h"
#include "input_values.h"
#include "model/validate.h"
#include "service/flow_import.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QSaveFile>

#include <cstdio>
#include <unistd.h>

namespace flow::cli {

namespace {

int listFlows(const Call &call)
{
    const auto service = call.openService();
    if (!service)
        return fail(service.error());
    QList<QStringList> rows{{Cli::tr("ID"), Cli::tr("VERSION"), Cli::tr("LAST RUN"), Cli::tr("NAME")}};
    QJsonArray data;
    for (int page = 1;; ++page) {
        const Result<Page<StoredFlow>> flows = (*service)->flows({page, 500, call.has("active")});
        if (!flows)
            return fail(flows.error());
        for (const StoredFlow &flow : flows->items) {
            rows << QStringList{flow.file.flow.id, QString::number(flow.version),
                                flow.lastStatus ? toString(*flow.lastStatus) : Cli::tr("never"),
                                flow.file.flow.name + (flow.isActive ? QString() : Cli::tr(" (inactive)"))};
            data.append(flowJson(flow, false));
        }
        if (flows->items.size() < 500)
            break;
    }
    if (call.has("json"))
        printJson({{QStringLiteral("data"), data}});
    else
        printTable(rows);
    if (data.isEmpty() && !call.has("active"))
        say(Cli::tr("The library is empty; flowctl flows import FILE adds a flow"));
    return Completed;
}

int showFlow(const Call &call)
{
    const auto service = call.openService();
    if (!service)
        return fail(service.error());
    const Result<StoredFlow> flow = (*service)->flow(call.arguments().first());
    if (!flow)
        return fail(flow.error());
    printJson({{QStringLiteral("data"), flowJson(*flow, true)}});
    return Completed;
}

int importFlow(const Call &call)
{
    const QString name = call.arguments().first();
    const Result<QByteArray> text = readInput(name);
    if (!text)
        return failToRead(text.error());
    const FlowFileReading reading = readForImport(*text, inputName(name));
    if (!reading.ok()) {
        (void)fail(reading.errors);
        return Invalid;
    }
    const auto service = call.openService();
    if (!service)
        return fail(service.error());
    const Result<StoredFlow> saved =
        call.has("replace") ? (*service)->saveFlow(reading.file) : (*service)->createFlow(reading.file);
    if (!saved) {
        const int code = fail(saved.error());
        if (saved.error().code == ErrorCode::Conflict)
            say(Cli::tr("Give --replace to save it as the next version"));
        return code;
    }
    print(Cli::tr("%1 is version %2").arg(saved->file.flow.id, QString::number(saved->version)));
    const Result<LibraryFlows> library = (*service)->libraryFlows();
    // An unfinished flow is welcome, and cannot run.
    if (hasErrors(validate(saved->file.flow, (*service)->taskTypes(), library ? &*library : nullptr)))
        say(Cli::tr("It cannot run as it is; flowctl validate FILE says why"));
    return Completed;
}

/// Whole or not at all; into a device or a pipe as it is, for these cannot be replaced by a file.
int writeFile(const QString &target, const QByteArray &text)
{
    const QFileInfo info(target);
    const bool isFile = !info.exists() || info.isFile();
    QSaveFile whole(target);
    QFile plain(target);
    QFileDevice &file = isFile ? static_cast<QFileDevice &>(whole) : plain;
    const bool written = file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.flush();
    if (written && (!isFile || whole.commit()))
        return Completed;
    const QString reason = Cli::tr("cannot be written: %1").arg(file.errorString());
    return fail(Error{.code = ErrorCode::Io, .reason = reason, .file = target});
}

int exportFlow(const Call &call)
{
    const QString target = call.arguments().value(1, QStringLiteral("-"));
    if (QFileInfo(target).isDir())
        return misuse(Cli::tr("%1 is a folder; name the file to write").arg(target), call.command());
    const auto service = call.openService();
    if (!service)
        return fail(service.error());
    const Result<StoredFlow> flow = (*service)->flow(call.arguments().first());
    if (!flow)
        return fail(flow.error());
    QByteArray text = writeFlowFile(flow->file);
    if (call.has("for-reference")) {
        const ReferenceExport exported = exportForReference(flow->file.flow);
        text = exported.json;
        for (const QString &line : exported.dropped)
            say(Cli::tr("Left out: %1").arg(line));
    }
    if (target == QStringLiteral("-")) {
        printBytes(text);
        return Completed;
    }
    return writeFile(target, text);
}

bool confirmed(const QString &question)
{
    ask(question + QStringLiteral(" [y/N] "));
    QFile input;
    const QByteArray answer = input.open(stdin, QIODevice::ReadOnly) ? input.readLine() : QByteArray();
    if (!answer.endsWith('\n'))
        say(QString()); // the end of the input leaves the cursor behind the question
    const QByteArray word = answer.trimmed().toLower();
    return word == "y" || word == "yes";
}

int deleteFlow(const Call &call)
{
    const QString id = call.arguments().first();
    const auto service = call.openService();
    if (!service)
        return fail(service.error());
    const Result<StoredFlow> flow = (*service)->flow(id);
    if (!flow)
        return fail(flow.error());
    const Result<qint64> executions = (*service)->executionCount(id);
    if (!executions)
        return fail(executions.error());
    const int count = int(*executions);
    const QString question = count == 0 ? Cli::tr("Delete flow %1?").arg(id)
                                        : Cli::tr("Delete flow %1 and its %n execution(s)?", nullptr, count).arg(id);
    if (!call.has("yes")) {
        if (!isatty(STDIN_FILENO))
            return misuse(Cli::tr("%1 Give --yes where nobody can answer").arg(question), call.command());
        if (!confirmed(question)) {
            say(Cli::tr("Nothing is deleted"));
            return Failed;
        }
    }
    if (const Result<void> deleted = (*service)->deleteFlow(id); !deleted)
        return fail(deleted.error());
    print(count == 0 ? Cli::tr("Deleted flow %1").arg(id)
                     : Cli::tr("Deleted flow %1 and its %n execution(s)", nullptr, count).arg(id));
    return Completed;
}

} // namespace

QList<Command> flowsCommands()
{
    const auto flag = [](const char *name, const QString &text) {
        return QCommandLineOption(QString::fromLatin1(name), text);
    };
    return {
        {.name = QStringLiteral("flows list"),
         .summary = Cli::tr("List the flows of the library"),
         .details = Cli::tr("Examples:\n  flowctl flows list\n  flowctl flows list --active --json"),
         .options = {flag("active", Cli::tr("Only flows that may run.")), flag("json", Cli::tr("Print JSON."))},
         .run = listFlows},
        {.name = QStringLiteral("flows show"),
         .arguments = QStringLiteral("ID"),
         .summary = Cli::tr("Print a flow as JSON"),
         .details = Cli::tr("Example:\n  flowctl flows show flow123"),
         .options = {},
         .least = 1,
         .most = 1,
         .run = showFlow},
        {.name = QStringLiteral("flows import"),
         .arguments = QStringLiteral("FILE"),
         .summary = Cli::tr("Add a flow file to the library"),
         .details = Cli::tr(
             "A flow without a layout is laid out. - is stdin.\n\nExamples:\n  flowctl flows import report.flow.json\n"
             "  flowctl flows import report.flow.json --replace"),
         .options = {flag("replace", Cli::tr("Save it as the next version of a flow that exists."))},
         .least = 1,
         .most = 1,
         .run = importFlow},
        {.name = QStringLiteral("flows export"),
         .arguments = QStringLiteral("ID [FILE]"),
         .summary = Cli::tr("Write a flow as a file, or to stdout"),
         .details = Cli::tr("Examples:\n  flowctl flows export flow123 flow123.flow.json\n"
                            "  flowctl flows export flow123 --for-reference > flow123.json"),
         .options = {flag("for-reference", Cli::tr("Without our additions; says what had to go."))},
         .least = 1,
         .most = 2,
         .run = exportFlow},
        {.name = QStringLiteral("flows delete"),
         .arguments = QStringLiteral("ID"),
         .summary = Cli::tr("Delete a flow and its executions"),
         .details = Cli::tr(
             "Says how many executions go with it, and asks.\n\nExample:\n  flowctl flows delete flow123 --yes"),
         .options = {flag("yes", Cli::tr("Do not ask."))},
         .least = 1,
         .most = 1,
         .run = deleteFlow},
    };
}

} // namespace flow::cli
