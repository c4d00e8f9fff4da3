// SPDX-License-Identifier: GPL-3.0-or-later
#include "routing_model.h"

#include <QHash>

namespace flow::test {

namespace {

struct Way
{
    QString target = QStringLiteral("end");
    QString by = QStringLiteral("-");
};

Way wayAfter(const RandomFlow &random, const QString &task, bool succeeded)
{
    for (qsizetype index = 0; index < random.flow.conditions.size(); ++index) {
        const Condition &condition = random.flow.conditions[index];
        if (condition.sourceTask != task)
            continue;
        bool matches = condition.outcome == Outcome::Any || (condition.outcome == Outcome::Success) == succeeded;
        if (condition.when == u"false" ||
            (condition.when == u"input.yes" && !random.input[QStringLiteral("yes")].toBool()))
            matches = false;
        if (matches)
            return {condition.targetTaskSuccess, QStringLiteral("c%1+").arg(index)};
        if (!condition.targetTaskFailure.isEmpty())
            return {condition.targetTaskFailure, QStringLiteral("c%1-").arg(index)};
    }
    return {};
}

int attemptsAllowed(const Flow &flow, const QString &name)
{
    for (const Task &task : flow.tasks) {
        if (task.name == name)
            return task.retry ? task.retry->maxAttempts : 1;
    }
    return 0;
}

QString limitText(const RandomFlow &random, const QString &next)
{
    return QStringLiteral("failure %1: Flow 'Random' has reached its step limit of %2; task '%1' would have been next. "
                          "Look for a loop that does not end")
        .arg(next)
        .arg(random.steps);
}

} // namespace

ModelRun runModel(const RandomFlow &random)
{
    ModelRun run;
    run.context = random.input;
    QStringList lines;
    QHash<QString, int> calls;
    QString task = random.flow.startTask;
    int attempt = 1;
    for (;;) {
        const TaskResult result = random.result(task, calls[task]++);
        const bool succeeded = result.status == TaskStatus::Success;
        ++run.attempts;
        QJsonObject entry{
            {QStringLiteral("status"), succeeded ? QStringLiteral("success") : QStringLiteral("failure")}};
        if (!result.data.isUndefined())
            entry[QStringLiteral("data")] = result.data;
        if (!succeeded)
            entry[QStringLiteral("error")] = result.error;
        run.context[task] = entry;

        const QString line = QStringLiteral("%1#%2 ").arg(task).arg(attempt) +
                             (succeeded ? QStringLiteral("success") : QStringLiteral("failure(%1)").arg(result.error));
        const bool spent = run.attempts == random.steps;
        if (!succeeded && attempt < attemptsAllowed(random.flow, task)) {
            lines << line + QStringLiteral(" - ?");
            if (spent) {
                lines << limitText(random, task);
                break;
            }
            ++attempt;
            continue;
        }
        const Way way = wayAfter(random, task, succeeded);
        if (way.target == u"end") {
            lines << line + u' ' + way.by + QStringLiteral(" end");
            lines << (succeeded ? QStringLiteral("completed")
                                : QStringLiteral("failure %1: %2").arg(task, result.error));
            break;
        }
        lines << line + u' ' + way.by + u' ' + (spent ? QStringLiteral("?") : way.target);
        if (spent) {
            lines << limitText(random, way.target);
            break;
        }
        task = way.target;
        attempt = 1;
    }
    run.summary = lines.join(QStringLiteral("; "));
    return run;
}

} // namespace flow::test
