// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/built_in_tasks.h"
#include "tasks/schema_builder.h"

#include <QCoreApplication>

namespace flow {

namespace {

LogLevel levelOf(const QString &word)
{
    for (const LogLevel level : {LogLevel::Debug, LogLevel::Info, LogLevel::Warning, LogLevel::Error}) {
        if (toString(level) == word)
            return level;
    }
    Q_ASSERT_X(false, "levelOf", "the schema allows no other word");
    return LogLevel::Info;
}

QStringList levelWords()
{
    return {toString(LogLevel::Debug), toString(LogLevel::Info), toString(LogLevel::Warning),
            toString(LogLevel::Error)};
}

class LogTask final : public BaseTask
{
    Q_DECLARE_TR_FUNCTIONS(LogTask)

public:
    static TaskType describe()
    {
        return {.name = QStringLiteral("log"),
                .title = tr("Write to log"),
                .description = tr("Write a line to the log"),
                .group = tr("Control"),
                .icon = QStringLiteral("text"),
                .help = tr("Writes the message to the execution's log and succeeds. Returns level and message."),
                .configSchema = SchemaBuilder()
                                    .choice({QStringLiteral("level"), tr("Level"), tr("How important the line is"),
                                             toString(LogLevel::Info)},
                                            levelWords())
                                    .text({QStringLiteral("message"), tr("Message"), tr("What to write"),
                                           tr("The flow has reached this step")},
                                          1, 10'000)
                                    .schema(),
                .resultSchema = SchemaBuilder()
                                    .returnsOneOf("level", levelWords(), tr("How important the line was"))
                                    .returns("message", "string", tr("What was written"))
                                    .schema()};
    }

    TaskResult execute(TaskRun &run) override
    {
        run.log(levelOf(run.config.value(u"level").toString()), run.config.value(u"message").toString());
        return TaskResult::success(run.config);
    }
};

} // namespace

void addLogTask(TaskRegistry &registry)
{
    addTask<LogTask>(registry);
}

} // namespace flow
