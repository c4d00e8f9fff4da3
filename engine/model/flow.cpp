// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow.h"

namespace flow {

qsizetype Flow::taskIndex(const QString &taskName) const
{
    for (qsizetype index = 0; index < tasks.size(); ++index) {
        if (tasks[index].name == taskName)
            return index;
    }
    return -1;
}

const Task *Flow::task(const QString &taskName) const
{
    const qsizetype index = taskIndex(taskName);
    return index < 0 ? nullptr : &tasks[index];
}

QList<qsizetype> Flow::conditionsOf(const QString &taskName) const
{
    QList<qsizetype> found;
    for (qsizetype index = 0; index < conditions.size(); ++index) {
        if (conditions[index].sourceTask == taskName)
            found << index;
    }
    return found;
}

QString toString(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Success: return QStringLiteral("success");
    case Outcome::Failure: return QStringLiteral("failure");
    case Outcome::Any: return QStringLiteral("any");
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

} // namespace flow
