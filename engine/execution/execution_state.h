// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "execution/breakpoint_set.h"
#include "execution/config_templates.h"
#include "execution/execution_context.h"
#include "execution/execution_controls.h"
#include "execution/execution_limits.h"
#include "execution/execution_step.h"

#include <QHash>

namespace flow {

/// The rules of one execution as a pure value: no thread, no clock, no input and output. It says what comes next and is
/// told what came of it; all times are measured from the execution's start. Routing, retries, limits, pauses, the
/// failure and final task, counting and the context live here.
///
/// Used in turns: begin(), then for each Attempt one attemptEnded(), for each Pause one pauseEnded(), until an End or a
/// Hold. After a Hold, and after a program has died, a new state made from the journal's position goes on.
class ExecutionState
{
public:
    using Time = std::chrono::nanoseconds;

    using Attempt = NextAttempt;
    using Pause = NextPause;
    using Hold = NextHold;
    using End = NextEnd;
    using Next = std::variant<NextAttempt, NextPause, NextHold, NextEnd>;
    using Report = AttemptReport;
    using Step = ExecutionStep;

    /// `position` is empty for an execution that has not begun. No attempt in it is Running unless it is to be
    /// re-entered.
    ExecutionState(const Flow &flow, const QJsonObject &input, const ExecutionLimits &limits, ExecutionId id,
                   const ExecutionPosition &position = {}, const ExecutionControls &controls = {});

    /// What comes first. `wallClock` is the time of day now, by which waits that began before are measured;
    /// `activeBefore`: for how long it has been active already.
    Next begin(CancelReason reason = CancelReason::None, Timestamp wallClock = {}, Time activeBefore = {});
    Step attemptEnded(const Report &report, Time now);
    /// `reason`: why the pause was cut short.
    Next pauseEnded(Time now, CancelReason reason = CancelReason::None);

    // A person's wishes, at any time between the calls above.
    void setBreakpoints(const QList<Breakpoint> &breakpoints) { m_breakpoints = BreakpointSet(breakpoints, m_flow); }
    void setPause(bool pause) { m_pause = pause; }
    /// Its final task runs because a person has cancelled it: no pause keeps that from its end.
    bool isCancelled() const;
    bool isPauseWanted() const { return m_pause && !isCancelled(); }

    const Flow &flow() const { return m_flow; }
    /// Attempts that have ended, without those that were taken over from another execution.
    int attemptsEnded() const { return m_ended; }
    /// The input and what each task returned last.
    QJsonObject context() const { return m_context.all(); }
    const ConfigTemplates &templates() const { return m_templates; }
    /// What the expressions in settings can read now.
    Expression::Variables variables() const { return variablesOf(m_flow, scope()); }
    /// Phase Main unless its failure or final task, or what follows it, is what runs.
    const ExecutionEnding &ending() const { return m_ending; }

private:
    /// A place between two tasks: after a condition's decision, before the task.
    struct Place
    {
        qsizetype task = -1; ///< -1: the end
        QString condition = {};
        std::optional<ExecutionEnding> ending = {};
    };

    void restore(const ExecutionPosition &position);
    bool decidesFirst() const;
    Next goOn(CancelReason reason, Timestamp wallClock, Time now);
    Next waitAgain(qsizetype task, Time now, Timestamp wallClock);
    Next arrive(const Place &place, Time now);
    QString reasonToHold(const Place &place) const;
    QString reasonOfBreakpoint(const Place &place) const;
    QString nameOf(const Place &place) const;
    QString nameAfter(const Next &next) const;
    Next start(qsizetype task, int attempt, Time now, std::optional<ExecutionEnding> ending = {});
    int mostSteps() const;
    Attempt makeAttempt(qsizetype task);
    Next tryAgain(Time now);
    End stopped(CancelReason reason, bool running) const;
    void leaveOpen(const Report &report, Step &step) const;
    void settle(const Report &report, Step &step) const;
    bool retried(const Report &report, Time now, Step &step);
    void route(Time now, Step &step);
    void follow(const Decision &decision, Time now, Step &step);
    void conclude(const End &end, Time now, Step &step);
    Next conclude(const End &end, Time now);
    std::optional<Place> endingPlace(const End &end);
    End endAfterHandlers(const End &end) const;
    Time timeLimit() const;
    DecisionScope scope() const;
    Result<QJsonObject> configOf(qsizetype task) const;
    const Task &current() const { return m_flow.tasks[m_task]; }

    const Flow m_flow; // so that no access makes a copy of its lists
    ConditionEvaluator m_conditions;
    ConfigTemplates m_templates;
    BreakpointSet m_breakpoints;
    QHash<QString, qsizetype> m_indexes; ///< of the tasks by name
    ExecutionLimits m_limits;
    ExecutionId m_id;
    ExecutionContext m_context;
    ExecutionEnding m_ending;
    QString m_startTask;
    std::optional<AttemptRecord> m_last;  ///< of those that were committed before; says where to go on
    std::optional<AttemptRecord> m_taken; ///< the last of those that were taken over
    std::optional<TaskResult> m_forced;
    QString m_refusal;
    QString m_skipReason;
    bool m_singleTask = false;
    bool m_pause = false;
    bool m_passesFirst = false;
    bool m_wasCancelled = false;
    bool m_runs = false;        ///< an attempt was handed out and has not ended
    bool m_endsAttempt = false; ///< what comes next is committed together with an attempt's end
    qsizetype m_task = -1;      ///< of the current attempt or pause
    int m_attempt = 0;
    int m_sequence = 0; ///< of the last attempt
    int m_started = 0;
    int m_ended = 0;
};

} // namespace flow
