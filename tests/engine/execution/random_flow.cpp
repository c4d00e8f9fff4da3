// SPDX-License-Identifier: GPL-3.0-or-later
#include "random_flow.h"

#include <QHash>

#include <random>

namespace flow::test {

namespace {

using Generator = std::mt19937;

int below(Generator &generator, int bound)
{
    return int(generator() % quint32(bound));
}

QString taskName(int number)
{
    return QStringLiteral("t%1").arg(number);
}

QString target(Generator &generator, int tasks)
{
    return below(generator, 4) == 0 ? endTarget : taskName(below(generator, tasks));
}

/// Simple enough for the model to know the answer from the text.
QString question(Generator &generator)
{
    switch (below(generator, 6)) {
    case 0:
        return QStringLiteral("true");
    case 1:
        return QStringLiteral("false");
    case 2:
        return QStringLiteral("input.yes");
    default:
        return {};
    }
}

QJsonObject expectedEntry(const TaskResult &result)
{
    QJsonObject entry{{QStringLiteral("status"),
                       result.status == TaskStatus::Success ? QStringLiteral("success") : QStringLiteral("failure")}};
    if (!result.data.isUndefined())
        entry.insert(QStringLiteral("data"), result.data);
    if (!result.error.isNull())
        entry.insert(QStringLiteral("error"), result.error);
    return entry;
}

} // namespace

RandomFlow::RandomFlow(quint32 number)
    : seed(number)
{
    Generator generator(seed);
    const int tasks = 1 + below(generator, 8);
    flow.id = QStringLiteral("random");
    flow.name = QStringLiteral("Random");
    for (int index = 0; index < tasks; ++index) {
        Task task;
        task.name = taskName(index);
        task.type = QStringLiteral("random");
        if (below(generator, 3) == 0)
            task.retry = RetryPolicy{.maxAttempts = 1 + below(generator, 3)};
        flow.tasks << task;
    }
    flow.startTask = taskName(below(generator, tasks));
    const int conditions = below(generator, tasks * 2 + 1);
    for (int index = 0; index < conditions; ++index) {
        Condition condition;
        condition.name = QStringLiteral("c%1").arg(index);
        condition.sourceTask = taskName(below(generator, tasks));
        condition.outcome = Outcome(below(generator, 3));
        condition.when = question(generator);
        condition.targetTaskSuccess = target(generator, tasks);
        if (below(generator, 3) > 0)
            condition.targetTaskFailure = target(generator, tasks);
        flow.conditions << condition;
    }
    input = {{QStringLiteral("yes"), below(generator, 2) == 0}};
    steps = 1 + below(generator, 30);
}

TaskResult RandomFlow::result(const QString &task, int n) const
{
    std::seed_seq sequence{seed, task.mid(1).toUInt(), quint32(n)};
    Generator generator(sequence);
    const QJsonValue data =
        below(generator, 2) == 0 ? QJsonValue(below(generator, 100)) : QJsonValue(QJsonValue::Undefined);
    if (below(generator, 3) == 0)
        return TaskResult::failure(QStringLiteral("%1 broke").arg(task), data);
    return TaskResult::success(data);
}

struct RandomResults::State
{
    const RandomFlow &random;
    QHash<QString, int> calls;
    QJsonObject context;
    bool right = true;
};

namespace {

class RandomTask final : public BaseTask
{
public:
    explicit RandomTask(std::function<TaskResult(TaskRun &)> work)
        : m_work(std::move(work))
    {
    }
    TaskResult execute(TaskRun &run) override { return m_work(run); }

private:
    std::function<TaskResult(TaskRun &)> m_work;
};

} // namespace

RandomResults::RandomResults(const RandomFlow &random)
    : m_state(std::make_shared<State>(State{random, {}, random.input, true}))
{
}

TaskRegistry RandomResults::registry() const
{
    const auto work = [state = m_state](TaskRun &run) {
        state->right = state->right && run.context == state->context;
        const TaskResult result = state->random.result(run.taskName, state->calls[run.taskName]++);
        state->context.insert(run.taskName, expectedEntry(result));
        return result;
    };
    TaskRegistry registry;
    const Result<void> added =
        registry.add({.name = QStringLiteral("random")}, [work] { return std::make_unique<RandomTask>(work); });
    if (!added)
        qFatal("%s", qPrintable(added.error().text()));
    return registry;
}

bool RandomResults::contextsWereRight() const
{
    return m_state->right;
}

} // namespace flow::test
