// SPDX-License-Identifier: GPL-3.0-or-later
#include "gated_program.h"

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

class GateTask final : public BaseTask
{
public:
    TaskResult execute(TaskRun &run) override
    {
        note(run, &Visits::begun);
        while (!isOpen(run.taskName)) {
            if (!run.cancel.waitFor(std::chrono::milliseconds(1)))
                continue;
            note(run, &Visits::cut);
            return TaskResult::failure(QStringLiteral("cut"));
        }
        note(run, &Visits::passed);
        return TaskResult::success();
    }

private:
    static bool isOpen(const QString &task)
    {
        const std::lock_guard lock(mutex);
        return openGates.contains(task);
    }
    static void note(const TaskRun &run, int Visits::*what)
    {
        const std::lock_guard lock(mutex);
        ++(allVisits[run.taskName].*what);
    }
};

class MarkTask final : public BaseTask
{
public:
    TaskResult execute(TaskRun &run) override
    {
        const std::lock_guard lock(mutex);
        Visits &mine = allVisits[run.taskName];
        ++mine.begun;
        ++mine.passed;
        return TaskResult::success(run.taskName);
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

GatedProgram::GatedProgram(const QString &folder, int threads)
{
    ServiceSettings settings;
    settings.dataDir = folder;
    settings.executionThreads = threads;
    settings.stays = true;
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
    for (const TaskExecution &task : m_service->execution(id, true)->tasks)
        words.append(task.taskName + u':' + toString(task.status) +
                     (task.origin == AttemptOrigin::Forced ? QStringLiteral("!") : QString()));
    return words.join(u' ');
}

ExecutionId GatedProgram::start(const FlowFile &flow, const StartOptions &options) const
{
    return m_service->start(RunRequest{flow, {}, options}).value();
}

} // namespace flow::test
