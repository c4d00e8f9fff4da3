// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow.h"

#include <algorithm>

namespace flow {

const Task *Flow::task(const QString &taskName) const
{
    const qsizetype index = taskIndex(taskName);
    return index < 0 ? nullptr : &tasks[index];
}

qsizetype Flow::taskIndex(const QString &taskName) const
{
    const auto found =
        std::find_if(tasks.begin(), tasks.end(), [&](const Task &task) { return task.name == taskName; });
    return found == tasks.end() ? -1 : found - tasks.begin();
}

QList<qsizetype> Flow::conditionsOf(const QString &taskName) const
{
    QList<qsizetype> indexes;
    for (qsizetype i = 0; i < conditions.size(); ++i) {
        if (conditions[i].sourceTask == taskName)
            indexes << i;
    }
    return indexes;
}

bool Flow::operator==(const Flow &other) const = default;

QString toString(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Success:
        return QStringLiteral("success");
    case Outcome::Failure:
        return QStringLiteral("failure");
    case Outcome::Any:
        return QStringLiteral("any");
    }
    Q_UNREACHABLE();
}

std::optional<Outcome> outcomeFromString(const QString &word)
{
    for (const Outcome outcome : {Outcome::Success, Outcome::Failure, Outcome::Any}) {
        if (toString(outcome) == word)
            return outcome;
    }
    return std::nullopt;
}

QString toString(WhenBusy policy)
{
    switch (policy) {
    case WhenBusy::Queue:
        return QStringLiteral("queue");
    case WhenBusy::Skip:
        return QStringLiteral("skip");
    case WhenBusy::CancelOldest:
        return QStringLiteral("cancel_oldest");
    }
    Q_UNREACHABLE();
}

std::optional<WhenBusy> whenBusyFromString(const QString &word)
{
    for (const WhenBusy policy : {WhenBusy::Queue, WhenBusy::Skip, WhenBusy::CancelOldest}) {
        if (toString(policy) == word)
            return policy;
    }
    return std::nullopt;
}

} // namespace flow
