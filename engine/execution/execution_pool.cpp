// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/execution_pool.h"

#include "execution/execution_queue.h"
#include "execution/watchdog.h"

#include <QThread>

#include <algorithm>
#include <vector>

namespace flow {

namespace {

/// Interpreters that tasks may carry recurse deeply; smaller stacks crash instead of reporting it.
constexpr uint stackBytes = 8u << 20;

} // namespace

struct ExecutionPool::State
{
    Watchdog watchdog;
    FlowEngine engine;
    ExecutionQueue queue;
    std::vector<std::unique_ptr<QThread>> threads; ///< more are added under the queue's lock until that is closed

    State(int count, const TaskRegistry &registry, ExecutionJournal &journal, const Clock &clock,
          FlowEngine::Listener listener, Finished finished)
        : engine(registry, journal, clock, std::move(listener), &watchdog)
        , queue([this](const ExecutionOrder &order) { return engine.run(order); }, std::move(finished),
                {count, [this] { addWorker(); }})
    {
        for (int number = 0; number < count; ++number)
            addWorker();
        addThread(QStringLiteral("cancelled"), ExecutionQueue::Takes::CancelledOnly);
    }

    void addWorker()
    {
        addThread(QStringLiteral("execution %1").arg(threads.size() + 1), ExecutionQueue::Takes::Everything);
    }

    void addThread(const QString &name, ExecutionQueue::Takes takes)
    {
        std::unique_ptr<QThread> thread(QThread::create([this, takes] { queue.work(takes); }));
        thread->setObjectName(name);
        thread->setStackSize(stackBytes);
        thread->start();
        threads.push_back(std::move(thread));
    }
};

ExecutionPool::ExecutionPool(const Settings &settings, const TaskRegistry &registry, ExecutionJournal &journal,
                             const Clock &clock, FlowEngine::Listener listener, Finished finished)
    : m_state(std::make_unique<State>(std::clamp(settings.threads, 1, 256), registry, journal, clock,
                                      std::move(listener), std::move(finished)))
{
}

ExecutionPool::~ExecutionPool()
{
    finish();
}

void ExecutionPool::finish()
{
    m_state->queue.cancelAll(CancelReach::All);
    m_state->queue.close();
    for (const std::unique_ptr<QThread> &thread : m_state->threads)
        thread->wait();
}

void ExecutionPool::start(ExecutionOrder order)
{
    m_state->queue.push(std::move(order));
}

void ExecutionPool::startCancelled(ExecutionOrder order, CancelReach reach)
{
    m_state->queue.pushCancelled(std::move(order), reach);
}

bool ExecutionPool::cancel(ExecutionId id, CancelReach reach)
{
    return m_state->queue.cancel(id, reach);
}

void ExecutionPool::dropWaiting()
{
    m_state->queue.dropWaiting();
}

void ExecutionPool::cancelAll(CancelReach reach)
{
    m_state->queue.cancelAll(reach);
}

void ExecutionPool::waitUntilIdle(std::chrono::milliseconds atMost)
{
    m_state->queue.waitUntilIdle(atMost);
}

bool ExecutionPool::pause(ExecutionId id)
{
    const std::shared_ptr<ExecutionSteering> steering = m_state->queue.steering(id);
    if (steering)
        steering->requestPause();
    return steering != nullptr;
}

bool ExecutionPool::setBreakpoints(ExecutionId id, const QList<Breakpoint> &breakpoints)
{
    const std::shared_ptr<ExecutionSteering> steering = m_state->queue.steering(id);
    if (steering)
        steering->setBreakpoints(breakpoints);
    return steering != nullptr;
}

void ExecutionPool::help(ExecutionId parent, const std::function<bool()> &ready)
{
    m_state->queue.help(parent, ready);
}

void ExecutionPool::stepAside(ExecutionId parent, const std::function<bool()> &ready,
                              const std::function<bool()> &isUrgent)
{
    m_state->queue.stepAside(parent, ready, isUrgent);
}

void ExecutionPool::wakeHelpers()
{
    m_state->queue.wakeHelpers();
}

int ExecutionPool::running() const
{
    return m_state->queue.running();
}

int ExecutionPool::waiting() const
{
    return m_state->queue.waiting();
}

} // namespace flow
