// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/execution_position.h"

#include <algorithm>

namespace flow {

double waitedAfter(const AttemptRecord &attempt, Timestamp until)
{
    if (!attempt.retryAt || !attempt.completedAt)
        return 0;
    const auto waited = std::min(*attempt.retryAt, until) - *attempt.completedAt;
    return std::max(std::chrono::duration<double>(waited).count(), 0.0);
}

double ExecutionPosition::activeUntil(Timestamp now) const
{
    const double wait = attempts.isEmpty() ? 0 : waitedAfter(attempts.last(), now);
    return std::max(heldSeconds, activeSeconds + wait);
}

double ExecutionPosition::openSeconds() const
{
    const bool isOpen = !attempts.isEmpty() && attempts.last().status == TaskStatus::Running;
    return isOpen ? std::max(heldSeconds - activeSeconds, 0.0) : 0;
}

QJsonObject applied(const ContextEdit &edit, QJsonObject context)
{
    for (const QString &name : edit.removed)
        context.remove(name);
    for (auto value = edit.set.begin(); value != edit.set.end(); ++value)
        context.insert(value.key(), *value);
    return context;
}

} // namespace flow
