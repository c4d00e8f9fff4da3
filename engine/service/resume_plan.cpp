// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/resume_plan.h"

#include <algorithm>

namespace flow {

namespace {

/// The attempts of the main part, without those of the failure and final task and of what these lead to.
qsizetype mainAttempts(const ExecutionPosition &old)
{
    if (old.ending.phase == ExecutionPhase::Main)
        return old.attempts.size();
    const auto isMain = [&](const AttemptRecord &attempt) { return attempt.sequenceNumber <= old.mainSteps; };
    return std::count_if(old.attempts.begin(), old.attempts.end(), isMain);
}

/// The failure or final task that ran first after the main part, or was to; null: there is none.
QString firstHandler(const Flow &flow, const ExecutionPosition &old, qsizetype mainCount)
{
    if (old.ending.phase == ExecutionPhase::Main)
        return {};
    if (mainCount < old.attempts.size())
        return old.attempts[mainCount].taskName;
    return old.ending.phase == ExecutionPhase::Failure ? flow.failureTask : flow.finalTask;
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

ResumePlan whereItEnded(const Flow &flow, const ExecutionPosition &old, qsizetype mainCount)
{
    if (mainCount == 0)
        return {};
    const AttemptRecord &last = old.attempts[mainCount - 1];
    const bool isOver = last.status == TaskStatus::Success || last.status == TaskStatus::Failure;
    // To the failure or final task the record leads as it would to a task of the main part.
    const bool leadsToHandler = !last.nextTask.isEmpty() && last.nextTask == firstHandler(flow, old, mainCount);
    if (isOver && !last.nextTask.isEmpty() && last.nextTask != endTarget && !leadsToHandler)
        return {last.nextTask, last.sequenceNumber};
    const bool wasWell = old.ending.phase == ExecutionPhase::Main
                             ? last.status == TaskStatus::Success && last.nextTask == endTarget
                             : old.ending.status == ExecutionStatus::Completed;
    if (wasWell)
        return {endTarget, last.sequenceNumber};
    if (last.status == TaskStatus::Success)
        return {last.taskName, last.sequenceNumber, true};
    return again(old.attempts.first(mainCount), last.taskName);
}

} // namespace

ResumePlan resumePlan(const Flow &flow, const ExecutionPosition &old, const QString &from)
{
    const qsizetype mainCount = mainAttempts(old);
    const ResumePlan plan = whereItEnded(flow, old, mainCount);
    const bool isMeant = from.isEmpty() || (from == plan.from && !plan.decides);
    return isMeant ? plan : again(old.attempts.first(mainCount), from);
}

} // namespace flow
