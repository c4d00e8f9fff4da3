// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/resume_plan.h"

namespace flow {

namespace {

/// Where the visit of the task began that ran last: the attempts before it are kept.
int attemptsBefore(const QList<AttemptRecord> &attempts, const QString &task)
{
    for (qsizetype i = attempts.size() - 1; i >= 0; --i) {
        if (attempts[i].taskName == task && attempts[i].attempt == 1)
            return attempts[i].sequenceNumber - 1;
    }
    return -1;
}

} // namespace

ResumePlan resumePlan(const Execution &old, const ExecutionPosition &position, const QString &from)
{
    QString task = from.isEmpty() ? old.errorTask : from;
    if (task.isEmpty() && !position.attempts.isEmpty())
        task = position.attempts.last().taskName;
    return {task, task.isEmpty() ? 0 : attemptsBefore(position.attempts, task)};
}

} // namespace flow
