// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json_shapes.h"
#include "command.h"

namespace flow::cli {

namespace {

int listTasks(const Call &call)
{
    const TaskTypes types = builtInTasks().types();
    if (call.has("json")) {
        QJsonObject data;
        for (const TaskType &type : types)
            data.insert(type.name, type.description);
        printJson({{QStringLiteral("data"), data}, {QStringLiteral("count"), data.size()}});
        return Completed;
    }
    QList<QStringList> rows{{Cli::tr("NAME"), Cli::tr("DESCRIPTION")}};
    for (const TaskType &type : types)
        rows << QStringList{type.name, type.description};
    printTable(rows);
    return Completed;
}

int showTask(const Call &call)
{
    const QString name = call.arguments().first();
    const TaskTypes types = builtInTasks().types();
    const auto type = types.constFind(name);
    if (type == types.constEnd())
        return fail(Error{.code = ErrorCode::NotFound, .reason = Cli::tr("Task '%1' not found").arg(name)});
    printJson({{QStringLiteral("data"), taskTypeJson(*type)}});
    return Completed;
}

} // namespace

QList<Command> tasksCommands()
{
    return {
        {.name = QStringLiteral("tasks list"),
         .summary = Cli::tr("List the task types"),
         .details = Cli::tr("Example:\n  flowctl tasks list"),
         .options = {QCommandLineOption(QStringLiteral("json"), Cli::tr("Print JSON."))},
         .run = listTasks},
        {.name = QStringLiteral("tasks show"),
         .arguments = QStringLiteral("NAME"),
         .summary = Cli::tr("Print a task type with its settings"),
         .details = Cli::tr("Example:\n  flowctl tasks show task1"),
         .options = {},
         .least = 1,
         .most = 1,
         .run = showTask},
    };
}

} // namespace flow::cli
