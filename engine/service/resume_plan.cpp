// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/resume_plan.h"

namespace flow {

namespace {

/// How many tasks ran, at the end of those that did, because the execution was about to end.
int endingVisits(const Flow &flow, const ExecutionEnding &ending)
{
    if (ending.phase == ExecutionPhase::Main)
        return 0;
    const bool failureRan = ending.status == ExecutionStatus::Failure && flow.taskIndex(flow.failureTask) >= 0;
    return ending.phase == ExecutionPhase::Final && failureRan ? 2 : 1;
}

/// The attempts of the main part. One that was stopped before its final task began has fewer others than its ending
/// says.
qsizetype mainAttempts(const Flow &flow, const ExecutionPosition &old)
{
    qsizetype count = old.attempts.size();
    for (int visits = endingVisits(flow, old.ending); visits > 0 && count > 0; --visits) {
        const QString &task = old.attempts[count - 1].taskName;
        if (task != flow.failureTask && task != flow.finalTask)
            break;
        while (old.attempts[count - 1].attempt > 1)
            --count;
        --count;
    }
    return count;
}

/// Where the visit of the task began that ran last: the attempts before it are kept.
ResumePlan again(const QList<AttemptRecord> &attempts, const QString &task)
{
    for (qsizetype i = attempts.size() - 1; i >= 0; --i) {
        if (attempts[i].taskName == task && attempts[i].attempt == 1)
            return {task, attempts[i].sequenceNumber - 1};
    }
    return {task, -1};
}

ResumePlan whereItEnded(const ExecutionPosition &old, qsizetype mainCount)
{
    if (mainCount == 0)
        return {};
    const AttemptRecord &last = old.attempts[mainCount - 1];
    const bool isOver = last.status == TaskStatus::Success || last.status == TaskStatus::Failure;
    // After the last one a handler has run, to which the record leads as it would to a task of the main part.
    const bool leadsToHandler = mainCount < old.attempts.size() && last.nextTask == old.attempts[mainCount].taskName;
    if (isOver && !last.nextTask.isEmpty() && last.nextTask != endTarget && !leadsToHandler)
        return {last.nextTask, last.sequenceNumber};
    const bool wasWell = old.ending.phase == ExecutionPhase::Main
                             ? last.status == TaskStatus::Success && last.nextTask == endTarget
                             : old.ending.status == ExecutionStatus::Completed;
    if (wasWell)
        return {endTarget, last.sequenceNumber};
    return again(old.attempts.first(mainCount), last.taskName);
}

} // namespace

ResumePlan resumePlan(const Flow &flow, const ExecutionPosition &old, const QString &from)
{
    const qsizetype mainCount = mainAttempts(flow, old);
    const ResumePlan plan = whereItEnded(old, mainCount);
    return from.isEmpty() || from == plan.from ? plan : again(old.attempts.first(mainCount), from);
}

} // namespace flow
