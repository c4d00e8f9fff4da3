// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/flow_service.h"

#include "service/database_door.h"
#include "service/logging.h"
#include "service/private_file.h"
#include "service/service_state.h"

namespace flow {

namespace {

/// Threads that wait for storage on behalf of callers; more of them make group commits larger.
constexpr int workerThreads = 8;
constexpr int urgentThreads = 2;

/// What runs is cancelled when the program ends, and its final task still runs if it takes no longer than this.
constexpr std::chrono::seconds finalTasksMay{5};

void setUp(QThreadPool &pool, int threads)
{
    pool.setMaxThreadCount(threads);
    pool.setExpiryTimeout(-1); // a thread that ends takes its database connection with it
}

} // namespace

FlowService::State::State(ServiceSettings theSettings, TaskRegistry theRegistry, std::unique_ptr<Database> theDatabase,
                          std::unique_ptr<Owners> theOwners)
    : settings(std::move(theSettings))
    , registry(std::move(theRegistry))
    , secrets(openSecretStore(settings))
    , presence(theOwners->presence())
    , database(std::move(theDatabase))
    , owners(std::move(theOwners))
    , flows(*database)
    , executions(*database, owners->self())
    , secretFamilies(executions, flows, registry.types())
    , ends(executions)
    , log(settings.logLines, [this](const ExecutionEvent &line) { executions.appendLog({line}); })
    , progress([this](ExecutionId id, int sequence, const TaskProgressed &told) {
        executions.noteProgress(id, sequence, told.fraction, told.text);
    })
{
    setUp(personWorkers, workerThreads);
    setUp(serverWorkers, workerThreads);
    setUp(urgentWorkers, urgentThreads);
}

FlowService::State::~State()
{
    closing = true;
    owners->onReturn({});
    // First: what waits in it stays where it is, for the next program. The places that become free below are none.
    if (launcher)
        launcher->stop();
    if (pool && settings.stays)
        pool->dropWaiting(); // the next program that stays goes on with it
    if (pool) {
        pool->cancelAll(CancelReach::Work);
        pool->waitUntilIdle(finalTasksMay);
        pool->cancelAll(CancelReach::All);
    }
    waitForWorkers(); // nobody starts or cancels any more
    if (wishes)
        wishes->stop(); // it cancels in the pool
    if (others)
        others->stop(); // so does it
    if (pool)
        pool->finish(); // every execution has left its thread, and what it did is committed
    waitForWorkers();   // who waited for an end has been told
}

void FlowService::State::waitForWorkers()
{
    for (QThreadPool *workers : {&personWorkers, &serverWorkers, &urgentWorkers})
        workers->waitForDone();
}

FlowService::FlowService() = default;

FlowService::~FlowService() = default;

Result<std::unique_ptr<FlowService>> FlowService::open(const ServiceSettings &settings, TaskRegistry registry)
{
    qRegisterMetaType<ExecutionEvent>();
    if (const Result<void> made = makePrivateFolder(settings.dataDir); !made)
        return made.error();
    Result<DatabaseDoor> door = DatabaseDoor::enter(settings);
    if (!door)
        return door.error();
    Result<std::unique_ptr<Database>> database = Database::open(door->location());
    if (!database)
        return database.error();
    Result<std::unique_ptr<Owners>> owners = Owners::join(**database);
    if (!owners)
        return owners.error();
    door->tidyUpAndLetGo();

    std::unique_ptr<FlowService> service(new FlowService);
    service->m_state = std::make_unique<State>(settings, std::move(registry), std::move(*database), std::move(*owners));
    State &state = *service->m_state;
    const Result<LeftBehind> left = state.executions.releaseLeftBehind(state.owners->whoIsDead());
    if (!left)
        return left.error();
    state.leftBehind = *left;
    if (left->interrupted + left->released > 0)
        qCInfo(lcService) << "executions left behind by a program that died:" << left->released << "can go on,"
                          << left->interrupted << "wait for a person";

    state.history = std::make_unique<HistoryKeeper>(
        *state.database, settings.retention, settings.stays ? std::optional(settings.retentionInterval) : std::nullopt);
    state.prepareChildren([self = service.get()](const ExecutionEvent &event) { Q_EMIT self->executionEvent(event); });
    state.tellTakenUp = [self = service.get()](const ExecutionOrder &order) {
        if (order.parent != 0)
            return; // a part of another one, which is taken up as well
        Q_EMIT self->executionEvent({order.id, systemClock().now(), ExecutionQueued{order.flow.id, order.revision}});
        Q_EMIT self->executionTakenUp(order.flow.id);
    };
    state.pool = std::make_unique<ExecutionPool>(
        ExecutionPool::Settings{.threads = settings.executionThreads}, state.registry, state.ends, systemClock(),
        [&state, self = service.get()](const ExecutionEvent &event) {
            if (std::holds_alternative<ExecutionFinished>(event.what))
                state.ends.executionOver(event.executionId); // before anybody hears of it and looks
            state.log.take(event);
            state.progress.take(event);
            Q_EMIT self->executionEvent(event);
        },
        [&state](ExecutionId id, const ExecutionOutcome &outcome) { state.executionLeft(id, outcome); });
    state.launcher = std::make_unique<ExecutionLauncher>(
        state.executions,
        ExecutionLauncher::Calls{.run = [&state](ExecutionOrder order) { state.pool->start(std::move(order)); },
                                 .cancelled = [&state](const ExecutionOrder &order,
                                                       CancelReach reach) { state.pool->startCancelled(order, reach); },
                                 .stop = [&state](ExecutionId id) { state.stop(id, CancelReach::Work).ok(); },
                                 .order = [&state](ExecutionId id) { return state.orderFor(id); }});
    state.others = std::make_unique<OtherPrograms>(
        *state.owners,
        OtherPrograms::Calls{.carryOut = [&state](const OwnerRequest &request) { return state.carryOut(request); },
                             .ended = [&state](ExecutionId id) { return state.endedElsewhere(id); },
                             .look = [&state] { state.families.tellWatched(); },
                             .takeOver = settings.stays ? std::function<void()>([&state] { state.takeReleased(); })
                                                        : std::function<void()>()});
    state.wishes =
        std::make_unique<UnstoredWishes>([&state](const UnstoredWish &wish) { return state.carryOut(wish); });
    state.others->start();
    state.owners->onReturn([&state] { state.stopWhatWasTakenAway(); });
    qCDebug(lcService) << "database" << door->location().name() << "as" << state.owners->self();
    return service;
}

const ServiceSettings &FlowService::settings() const
{
    return m_state->settings;
}

const TaskTypes &FlowService::taskTypes() const
{
    return m_state->registry.types();
}

int FlowService::interruptedAtStart() const
{
    return m_state->leftBehind.interrupted;
}

int FlowService::releasedAtStart() const
{
    return m_state->leftBehind.released;
}

QThreadPool *FlowService::pool(Workers workers) const
{
    switch (workers) {
    case Workers::Person:
        break;
    case Workers::Server:
        return &m_state->serverWorkers;
    case Workers::Urgent:
        return &m_state->urgentWorkers;
    }
    return &m_state->personWorkers;
}

} // namespace flow
