// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json_shapes.h"
#include "command.h"
#include "input_values.h"
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
    QList<QStringList> rows{{QStringLiteral("ID"), QStringLiteral("VERSION"), QStringLiteral("LAST RUN"), QStringLiteral("NAME")}};
    QJsonArray data;
    for (int page = 1;; ++page) {
        const Result<Page<StoredFlow>> flows = (*service)->flows({page, 500, call.has("active")});
        if (!flows)
            return fail(flows.error());
        for (const StoredFlow &flow : flows->items) {
            rows << QStringList{flow.file.flow.id, QString::number(flow.version),
                                flow.lastStatus ? toString(*flow.lastStatus) : QStringLiteral("never"),
                                flow.file.flow.name + (flow.isActive ? QString() : QStringLiteral(" (inactive)"))};
            data.append(flowJson(flow, false));
        }
        if (flows->items.size() < 500)
            break;
    }
    if (call.has("json"))
        printJson({{QStringLiteral("data"), data}});
    else
        printTable(rows);
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
    const FlowFileReading reading = readForImport(*text, name);
    if (!reading.ok()) {
        (void)fail(reading.errors);
        return Invalid;
    }
    const auto service = call.openService();
    if (!service)
        return fail(service.error());
    const Result<StoredFlow> saved = call.has("replace") ? (*service)->saveFlow(reading.file) : (*service)->createFlow(reading.file);
    if (!saved) {
        const int code = fail(saved.error());
        if (saved.error().code == ErrorCode::Conflict)
            say(QStringLiteral("Give --replace to save it as the next version"));
        return code;
    }
    print(QStringLiteral("%1 is version %2").arg(saved->file.flow.id, QString::number(saved->version)));
    return Completed;
}

int exportFlow(const Call &call)
{
    const QString target = call.arguments().value(1, QStringLiteral("-"));
    if (QFileInfo(target).isDir())
        return misuse(QStringLiteral("%1 is a folder; name the file to write").arg(target), call.command());
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
            say(QStringLiteral("Left out: ") + line);
    }
    if (target == QStringLiteral("-")) {
        std::fwrite(text.constData(), 1, size_t(text.size()), stdout);
        return Completed;
    }
    QSaveFile file(target);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return fail(Error{.code = ErrorCode::Io, .reason = QStringLiteral("cannot be written: %1").arg(file.errorString()), .file = target});
    return Completed;
}

bool confirmed(const QString &question)
{
    std::fprintf(stderr, "%s [y/N] ", qPrintable(question));
    std::fflush(stderr);
    QFile answer;
    return answer.open(stdin, QIODevice::ReadOnly) && answer.readLine().trimmed().toLower() == "y";
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
    const QString question = QStringLiteral("Delete flow %1 and its %2 executions?").arg(id, QString::number(*executions));
    if (!call.has("yes")) {
        if (!isatty(STDIN_FILENO))
            return misuse(QStringLiteral("%1 Give --yes where nobody can answer").arg(question), call.command());
        if (!confirmed(question))
            return Failed;
    }
    if (const Result<void> deleted = (*service)->deleteFlow(id); !deleted)
        return fail(deleted.error());
    print(QStringLiteral("Deleted flow %1 and its %2 executions").arg(id, QString::number(*executions)));
    return Completed;
}

} // namespace

QList<Command> flowsCommands()
{
    const auto flag = [](const char *name, const char *text) { return QCommandLineOption(QString::fromLatin1(name), QString::fromLatin1(text)); };
    return {
        {.name = QStringLiteral("flows list"), .summary = QStringLiteral("List the flows of the library"),
         .details = QStringLiteral("Examples:\n  flowctl flows list\n  flowctl flows list --active --json"),
         .options = {flag("active", "Only flows that may run."), flag("json", "Print JSON.")}, .run = listFlows},
        {.name = QStringLiteral("flows show"), .arguments = QStringLiteral("ID"), .summary = QStringLiteral("Print a flow as JSON"),
         .details = QStringLiteral("Example:\n  flowctl flows show flow123"), .options = {}, .least = 1, .most = 1, .run = showFlow},
        {.name = QStringLiteral("flows import"), .arguments = QStringLiteral("FILE"), .summary = QStringLiteral("Add a flow file to the library"),
         .details = QStringLiteral("A flow without a layout is laid out. - is stdin.\n\nExamples:\n  flowctl flows import report.flow.json\n"
                                   "  flowctl flows import report.flow.json --replace"),
         .options = {flag("replace", "Save it as the next version of a flow that exists.")}, .least = 1, .most = 1, .run = importFlow},
        {.name = QStringLiteral("flows export"), .arguments = QStringLiteral("ID [FILE]"), .summary = QStringLiteral("Write a flow as a file, or to stdout"),
         .details = QStringLiteral("Examples:\n  flowctl flows export flow123 flow123.flow.json\n"
                                   "  flowctl flows export flow123 --for-reference > flow123.json"),
         .options = {flag("for-reference", "Without our additions; says what had to go.")}, .least = 1, .most = 2, .run = exportFlow},
        {.name = QStringLiteral("flows delete"), .arguments = QStringLiteral("ID"), .summary = QStringLiteral("Delete a flow and its executions"),
         .details = QStringLiteral("Says how many executions go with it, and asks.\n\nExample:\n  flowctl flows delete flow123 --yes"),
         .options = {flag("yes", "Do not ask.")}, .least = 1, .most = 1, .run = deleteFlow},
    };
}

} // namespace flow::cli
