// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/config_schema.h"
#include "support/fake_clock.h"
#include "tasks/task_registry.h"

namespace flow::test {

/// One attempt of a built-in task, as the engine would make it.
class TaskBench
{
public:
    FakeClock clock;
    CancelSource cancel;
    QJsonObject context;
    QStringList history;
    int attempt = 1;
    QStringList log;                                                         ///< `info: text`
    std::function<void(const QString &line)> onLog = [](const QString &) {}; ///< hears of each as it comes
    QList<double> progress;
    ChildFlows *flows = nullptr;

    /// Puts a result into the context as if the task had run.
    void ran(const QString &task, const QJsonValue &data)
    {
        context.insert(
            task, QJsonObject{{QStringLiteral("status"), QStringLiteral("success")}, {QStringLiteral("data"), data}});
        history << task;
    }

    /// Fails the test when the settings break the schema.
    TaskResult run(const QString &type, const QJsonObject &config = {})
    {
        static const TaskRegistry registry = builtInTasks();
        const QJsonObject schema = registry.types().value(type).configSchema;
        const QList<Error> errors = checkConfig(schema, config);
        if (!errors.isEmpty())
            return TaskResult::failure(text(errors));
        TaskRun run;
        run.taskName = type;
        run.config = withDefaults(schema, config);
        run.context = context;
        run.history = history;
        run.attempt = attempt;
        run.cancel = cancel.token();
        run.clock = &clock;
        run.log = [this](LogLevel level, const QString &line) {
            log << toString(level) + QStringLiteral(": ") + line;
            onLog(log.last());
        };
        run.flows = flows;
        run.progress = [this](double fraction, const QString &) { progress << fraction; };
        return registry.create(type)->execute(run);
    }
};

} // namespace flow::test
