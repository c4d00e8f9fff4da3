// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/attempt_runner.h"

#include "execution/execution_messages.h"
#include "model/config_schema.h"

#include <exception>

namespace flow {

namespace {

ExecutionState::Report hopeless(const QString &error)
{
    return {.result = TaskResult::failure(error), .worthRetrying = false};
}

TaskResult executeSafely(BaseTask &task, TaskRun &run)
{
    try {
        return task.execute(run);
    } catch (const std::exception &exception) {
        const QString text = QString::fromLocal8Bit(exception.what());
        return TaskResult::failure(text.isEmpty() ? messages::exceptionOfUnknownKind(run.taskName) : text);
    } catch (...) {
        return TaskResult::failure(messages::exceptionOfUnknownKind(run.taskName));
    }
}

} // namespace

ExecutionState::Report runAttempt(const TaskRegistry &registry, const Task &task, const Result<QJsonObject> &config,
                                  TaskRun &run)
{
    const QString typeName = task.typeName();
    const auto type = registry.types().constFind(typeName);
    const std::unique_ptr<BaseTask> implementation = registry.create(typeName);
    if (!implementation || type == registry.types().constEnd())
        return hopeless(messages::typeNotRegistered(task.name, typeName));

    if (!config)
        return hopeless(messages::badSettings(task.name, config.error().text()));
    static const FieldPath path(QStringLiteral("config"));
    const QList<Error> errors = checkConfig(type->configSchema, *config, path);
    if (!errors.isEmpty())
        return hopeless(messages::badSettings(task.name, text(errors)));
    run.config = withDefaults(type->configSchema, *config);
    return {.result = executeSafely(*implementation, run)};
}

} // namespace flow
