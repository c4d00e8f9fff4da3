// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation.h"

#include "execution/execution_state.h"
#include "tasks/seconds.h"

namespace flow::test {

namespace {

using namespace std::chrono_literals;

const QString pureType = QStringLiteral("random");
const QString worldType = QStringLiteral("world");
const QString parentType = QStringLiteral("parent");

/// More than this no execution may need.
constexpr int mostPrograms = 300;

class SimulatedTask final : public BaseTask
{
public:
    explicit SimulatedTask(std::function<TaskResult(TaskRun &)> work)
        : m_work(std::move(work))
    {
    }
    TaskResult execute(TaskRun &run) override { return m_work(run); }

private:
    std::function<TaskResult(TaskRun &)> m_work;
};

} // namespace

Simulation::Simulation(quint32 seed, Watchdog &watchdog, Disturbed disturbed)
    : m_isDisturbed(disturbed == Disturbed::Yes)
    , m_generator(seed * 2 + 1)
    , m_random(seed)
    , m_watchdog(watchdog)
    , m_journal(m_random.flow, m_limits, m_clock)
    , m_calm(seed % 3 == 0)
{
    makeFlow();
    m_journal.onCommit = [this](const QString &what) { moment(what); };
    m_journal.onRetryWait = [this] {
        const std::optional<Timestamp> until = m_journal.kept.rows.last().record.retryAt;
        if (!m_sleeps && until && *until > m_clock.now())
            m_clock.advance(*until - m_clock.now());
    };
}

Task Simulation::withRetry(Task task)
{
    static constexpr double delays[] = {0, 0.5, 2, 10};
    task.type = m_calm || chance(60) ? pureType : chance(60) ? worldType : parentType;
    if (chance(20))
        task.retrySafe = true;
    if (chance(40))
        task.retry = RetryPolicy{.maxAttempts = 1 + below(4),
                                 .delaySeconds = delays[below(4)],
                                 .backoff = 1.0 + below(2),
                                 .jitter = below(3) * 0.5};
    if (!m_calm && chance(20))
        task.timeoutSeconds = 1;
    return task;
}

void Simulation::makeFlow()
{
    Flow &flow = m_random.flow;
    for (Task &task : flow.tasks)
        task = withRetry(task);
    const auto anyTask = [&] { return flow.tasks[below(int(flow.tasks.size()))].name; };
    if (chance(40))
        flow.failureTask = anyTask();
    if (chance(40))
        flow.finalTask = anyTask();
    m_sleeps = chance(50);
    m_restless = 1 + below(12);
    m_disturbances = below(12);
    m_limits.steps = m_calm ? 60 : m_random.steps;
    m_limits.endingSteps = 5 + below(10);
    m_limits.flowTime = m_calm || chance(50) ? 1'000'000s : chance(50) ? 60s : 15s;
    if (m_sleeps)
        m_limits.longestWait = 0s;
    if (!m_calm && chance(10))
        m_journal.startTask = anyTask();
    m_journal.singleTask = !m_calm && chance(5);
}

TaskRegistry Simulation::makeRegistry()
{
    TaskRegistry registry;
    const auto add = [&](TaskType type) {
        const Result<void> added = registry.add(
            type, [this] { return std::make_unique<SimulatedTask>([this](TaskRun &run) { return perform(run); }); });
        if (!added)
            qFatal("%s", qPrintable(added.error().text()));
    };
    add({.name = pureType});
    add({.name = worldType, .touches = Touch::Files, .retrySafe = false});
    add({.name = parentType, .waitsForFlows = true});
    return registry;
}

void Simulation::tell(const QString &line)
{
    if (tellsStory)
        story << QStringLiteral("%1 s  %2").arg(secondsOf(m_clock.monotonic()), 9, 'f', 3).arg(line);
}

/// Between any two things that the engine does.
void Simulation::moment(const QString &what)
{
    if (m_journal.isDead)
        return;
    tell(what);
    if (!m_isDisturbed || m_disturbances == 0 || !chance(m_restless))
        return;
    --m_disturbances;
    switch (below(m_calm ? 4 : 6)) {
    case 0:
    case 1:
        tell(QStringLiteral("*** the program dies"));
        m_journal.isDead = true;
        ++m_counts.crashes;
        break;
    case 2:
        tell(QStringLiteral("*** a person pauses"));
        m_steering->requestPause();
        break;
    case 3:
        tell(QStringLiteral("*** a person sets breakpoints"));
        m_breakpoints = randomBreakpoints();
        m_steering->setBreakpoints(m_breakpoints);
        break;
    default:
        cancel();
    }
}

void Simulation::cancel()
{
    tell(QStringLiteral("*** a person cancels"));
    ++m_counts.cancels;
    if (m_cancel.token().isCancelled()) {
        m_abort.cancel();
        m_wasAborted = true;
    }
    m_cancel.cancel();
    m_journal.isCancelled = true;
}

QList<Breakpoint> Simulation::randomBreakpoints()
{
    static const QStringList questions{{}, QStringLiteral("input.yes"), QStringLiteral("input.nothing == 1")};
    QList<Breakpoint> list;
    for (int count = below(4); count > 0; --count) {
        const Flow &flow = m_random.flow;
        Breakpoint breakpoint{.when = questions[below(3)]};
        if (chance(50) && !flow.conditions.isEmpty())
            breakpoint.condition = flow.conditions[below(int(flow.conditions.size()))].name;
        else
            breakpoint.task = flow.tasks[below(int(flow.tasks.size()))].name;
        list.append(breakpoint);
    }
    return list;
}

/// What becomes of an execution that is paused.
void Simulation::actAsPerson(ExecutionControls &controls)
{
    m_journal.kept.status = ExecutionStatus::Pending;
    controls.passesFirst = true;
    if (++m_counts.holds > 15) {
        m_breakpoints.clear();
        return;
    }
    if (!m_calm && chance(25) && !m_journal.running()) {
        const int last = int(m_journal.kept.rows.size());
        const QString name = chance(50) ? QStringLiteral("edited") : m_random.flow.tasks.first().name;
        m_journal.kept.edits.append({last, {{name, below(100)}}, {}});
        tell(QStringLiteral("*** a person edits ") + name);
        ++m_counts.edits;
    }
    const int what = below(m_calm ? 6 : 10);
    if (what == 4 || what == 5) {
        tell(QStringLiteral("*** a person makes a single step"));
        controls.pause = true;
        m_journal.startsLeft = 1;
        m_journal.mayHurry = true;
    } else if ((what == 6 || what == 7) && !m_journal.running() && m_journal.kept.heldBefore != endTarget) {
        tell(QStringLiteral("*** a person says what comes of the task"));
        controls.forced = chance(50) ? TaskResult::success(7) : TaskResult::failure(QStringLiteral("forced"));
        ++m_counts.forced;
        m_journal.mayHurry = true;
    } else if (what == 8) {
        cancel();
    }
}

ExecutionOrder Simulation::nextOrder()
{
    m_cancel = CancelSource();
    m_abort = CancelSource();
    m_steering = std::make_shared<ExecutionSteering>();
    m_journal.startsLeft = -1;
    m_journal.starts = 0;
    m_journal.isCancelled = false;
    m_journal.mustHold = false;
    m_journal.mayHurry = false;
    ExecutionControls controls;
    if (m_journal.kept.status == ExecutionStatus::Paused)
        actAsPerson(controls);
    controls.breakpoints = m_breakpoints;
    m_isForced = controls.forced.has_value();
    if (!m_sleeps && !m_journal.kept.rows.isEmpty())
        m_journal.onRetryWait();
    return {.id = ExecutionId(m_random.seed),
            .flow = m_random.flow,
            .revision = {},
            .input = m_random.input,
            .limits = m_limits,
            .position = m_journal.position(),
            .controls = controls,
            .cancel = m_cancel.token(),
            .abort = m_abort.token(),
            .steering = m_steering};
}

/// Until the execution has left its thread, or the program has died.
void Simulation::runProgram()
{
    const ExecutionOrder order = nextOrder();
    const bool wasHeld = order.controls.passesFirst;
    const bool wasRunning = m_journal.running();
    m_journal.began = m_clock.monotonic() - nanosecondsOf(order.position.activeUntil(m_clock.now()));
    const TaskRegistry registry = makeRegistry();
    FlowEngine engine(
        registry, m_journal, m_clock, [this](const ExecutionEvent &event) { heard(event); }, &m_watchdog);
    const ExecutionOutcome outcome = engine.run(order);
    if (m_journal.isDead)
        return restart();
    const bool isPaused = outcome.suspended == ExecutionOutcome::Suspended::Paused;
    if (isPaused != (m_journal.kept.status == ExecutionStatus::Paused))
        m_journal.wrong(QStringLiteral("the engine and the journal disagree about a pause"));
    if (isPaused && wasHeld && !wasRunning && m_journal.starts == 0 && !m_steering->pauseRequested())
        m_journal.wrong(QStringLiteral("going on came to nothing"));
    if (outcome.suspended == ExecutionOutcome::Suspended::No && !isFinished(m_journal.kept.status))
        m_journal.wrong(QStringLiteral("the engine has left an execution that is not over"));
    if (outcome.suspended == ExecutionOutcome::Suspended::Sleeping) {
        const bool runsThrough = m_journal.isCancelled || m_journal.kept.ending.status == ExecutionStatus::Cancelled;
        tell(QStringLiteral("sleeps for %1 s").arg(secondsOf(outcome.wakeAfter)));
        if (m_steering->pauseRequested() && m_journal.mustHold && !runsThrough)
            m_journal.wrong(QStringLiteral("it sleeps although it was to pause"));
        if ((m_journal.startsLeft >= 0 && !runsThrough) || (m_isForced && m_journal.starts == 0))
            m_journal.wrong(QStringLiteral("it sleeps and forgets what the person wanted"));
        ++m_counts.sleeps;
        m_clock.advance(outcome.wakeAfter);
    }
}

/// Nothing is left but the journal. What it says must not depend on how often it is asked.
void Simulation::restart()
{
    m_journal.isDead = false;
    m_counts.lost += m_journal.running() ? 1 : 0;
    m_journal.settleLost();
    const SimulatedJournal::Kept once = m_journal.kept;
    const ExecutionPosition position = m_journal.position();
    m_journal.settleLost();
    if (!(m_journal.kept == once) || !(m_journal.position() == position))
        m_journal.wrong(QStringLiteral("settling twice is not the same as once"));
    m_clock.advance(std::chrono::milliseconds(below(5000)));
    tell(QStringLiteral("*** another program takes over: ") + toString(once.status));
}

QString Simulation::run()
{
    for (int programs = 0; !isFinished(m_journal.kept.status); ++programs) {
        if (programs == mostPrograms)
            m_journal.wrong(QStringLiteral("it does not come to an end"));
        if (!m_journal.problem.isNull())
            break;
        runProgram();
    }
    if (m_journal.problem.isNull())
        checkEnd();
    return m_journal.problem;
}

} // namespace flow::test
