// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "execution/condition_evaluator.h"
#include "execution/config_templates.h"
#include "execution/execution_limits.h"
#include "execution/execution_step.h"

#include <QHash>

namespace flow {

/// The rules of one execution as a pure value: no thread, no clock, no input and output. It says what comes next and is
/// told what came of it; all times are measured from the execution's start. Routing, retries, limits, counting and the
/// context live here.
///
/// Used in turns: begin(), then for each Attempt one attemptEnded(), for each Pause one pauseEnded(), until an End.
class ExecutionState
{
public:
    using Time = std::chrono::nanoseconds;

    using Attempt = NextAttempt;
    using Pause = NextPause;
    using End = NextEnd;
    using Next = std::variant<NextAttempt, NextPause, NextEnd>;
    using Report = AttemptReport;
    using Step = ExecutionStep;

    ExecutionState(const Flow &flow, const QJsonObject &input, const ExecutionLimits &limits, ExecutionId id);

    /// The first attempt, or the End of an execution that was stopped before it began or cannot begin.
    Next begin(CancelReason reason = CancelReason::None);
    Step attemptEnded(const Report &report, Time now);
    /// `reason`: why the pause was cut short.
    Next pauseEnded(Time now, CancelReason reason = CancelReason::None);

    const Flow &flow() const { return m_flow; }
    /// Attempts that have ended.
    int attemptsEnded() const { return m_ended; }
    /// The input and what each task returned last.
    QJsonObject context() const { return m_context; }

private:
    Next start(qsizetype task, int attempt, Time now);
    End stopped(CancelReason reason, bool running) const;
    void settle(const Report &report, Step &step) const;
    void remember(const Step &step);
    bool retried(const Report &report, Time now, Step &step);
    void route(Time now, Step &step);
    Result<QJsonObject> configOf(qsizetype task) const;
    const Task &current() const { return m_flow.tasks[m_task]; }

    Flow m_flow;
    ConditionEvaluator m_conditions;
    ConfigTemplates m_templates;
    QHash<QString, qsizetype> m_indexes; ///< of the tasks by name
    ExecutionLimits m_limits;
    ExecutionId m_id;
    QJsonObject m_input;
    QJsonObject m_context;
    QJsonObject m_results; ///< for expressions: kept only where the flow has some
    QStringList m_history;
    qsizetype m_task = -1; ///< of the current attempt or pause
    int m_attempt = 0;
    int m_started = 0;
    int m_ended = 0;
};

} // namespace flow
