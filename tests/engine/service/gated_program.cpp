// SPDX-License-Identifier: GPL-3.0-or-later
#include "gated_program.h"

#include <QDir>
#include <QFile>

#include <map>
#include <mutex>
#include <set>

namespace flow::test {

namespace {

std::mutex mutex;
std::map<QString, Visits> allVisits;
std::set<QString> openGates;

TaskType typeOf(const QString &name)
{
    return {.name = name,
            .title = name,
            .description = name,
            .group = QStringLiteral("Test"),
            .icon = QStringLiteral("dot"),
            .help = name,
            .configSchema = {{QStringLiteral("type"), QStringLiteral("object")}}};
}

QString nameOf(const TaskRun &run)
{
    return run.config.value(u"name").toString(run.taskName);
}

class GateTask final : public BaseTask
{
public:
    TaskResult execute(TaskRun &run) override
    {
        const QString name = nameOf(run);
        note(name, &Visits::begun);
        while (!isOpen(name)) {
            if (!run.cancel.waitFor(std::chrono::milliseconds(1)))
                continue;
            note(name, &Visits::cut);
            return TaskResult::failure(QStringLiteral("cut"));
        }
        note(name, &Visits::passed);
        return TaskResult::success();
    }

private:
    static bool isOpen(const QString &name)
    {
        const std::lock_guard lock(mutex);
        return openGates.contains(name);
    }
    static void note(const QString &name, int Visits::*what)
    {
        const std::lock_guard lock(mutex);
        ++(allVisits[name].*what);
    }
};

class MarkTask final : public BaseTask
{
public:
    TaskResult execute(TaskRun &run) override
    {
        const std::lock_guard lock(mutex);
        const QString name = nameOf(run);
        ++allVisits[name].begun;
        ++allVisits[name].passed;
        return TaskResult::success(name);
    }
};

TaskRegistry withTestTasks()
{
    TaskRegistry registry = builtInTasks();
    registry.add(typeOf(QStringLiteral("gate")), [] { return std::make_unique<GateTask>(); }).ok();
    registry.add(typeOf(QStringLiteral("mark")), [] { return std::make_unique<MarkTask>(); }).ok();
    return registry;
}

} // namespace

Visits visits(const QString &task)
{
    const std::lock_guard lock(mutex);
    return allVisits[task];
}

void openGate(const QString &task)
{
    const std::lock_guard lock(mutex);
    openGates.insert(task);
}

void resetGates()
{
    const std::lock_guard lock(mutex);
    allVisits.clear();
    openGates.clear();
}

void copyAsKilled(const QString &from, const QString &to)
{
    for (const QString &name : {QStringLiteral("flows.db-wal"), QStringLiteral("flows.db")})
        QFile::copy(QDir(from).filePath(name), QDir(to).filePath(name));
}

GatedProgram::GatedProgram(const QString &folder, int threads, bool stays)
{
    ServiceSettings settings;
    settings.dataDir = folder;
    settings.executionThreads = threads;
    settings.stays = stays;
    m_service = FlowService::open(settings, withTestTasks()).value();
}

QString GatedProgram::status(ExecutionId id) const
{
    const Result<ExecutionDetails> details = m_service->execution(id, false);
    return details ? toString(details->execution.status) : QStringLiteral("unknown");
}

QString GatedProgram::error(ExecutionId id) const
{
    return m_service->execution(id, false)->execution.errorMessage;
}

QString GatedProgram::tasks(ExecutionId id) const
{
    QStringList words;
    const Result<ExecutionDetails> details = m_service->execution(id, true);
    for (const TaskExecution &task : details->tasks)
        words.append(task.taskName + u':' + toString(task.status) +
                     (task.origin == AttemptOrigin::Forced ? QStringLiteral("!") : QString()));
    return words.join(u' ');
}

ExecutionId GatedProgram::start(const FlowFile &flow, const StartOptions &options) const
{
    return m_service->start(RunRequest{flow, {}, options}).value();
}

} // namespace flow::test
