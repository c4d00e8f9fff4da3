// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/execution_store.h"

#include "storage/context_edits.h"
#include "storage/database.h"
#include "storage/execution_log.h"
#include "storage/execution_records.h"
#include "storage/flow_removal.h"
#include "storage/journal_records.h"
#include "storage/storage_reader.h"
#include "storage/storage_statement.h"
#include "storage/storage_writer.h"
#include "storage/stored_json.h"

namespace flow {

namespace {

/// The data of an attempt, null text when it gave none.
Result<QString> dataText(const AttemptEnd &end)
{
    if (end.data.isUndefined())
        return QString();
    return stored::jsonText(end.data);
}

} // namespace

ExecutionStore::ExecutionStore(Database &database, const QString &owner)
    : m_database(database)
    , m_owner(owner)
{
}

Result<Execution> ExecutionStore::create(const FlowId &flowId, const RevisionId &revision, const QJsonObject &input)
{
    return create(Execution{.flowId = flowId, .revision = revision, .inputContext = input}, {});
}

Result<Execution> ExecutionStore::create(Execution execution, const ExecutionBeginning &beginning)
{
    const Result<QString> inputText = stored::jsonText(execution.inputContext);
    if (!inputText)
        return inputText.error();
    // Whoever starts an execution is told its id, which must not be lost with the power and then be given to another. A
    // child's is told to the task of its parent only: that one starts it again when it is gone, and what it does to the
    // world is on the disk with all that came before.
    const bool durable = !execution.parent;
    const Result<ExecutionId> id = m_database.writer().runFor<ExecutionId>(
        [&](WriteTransaction &transaction) {
            return insertExecution(transaction, execution, m_owner, *inputText, beginning);
        },
        {.durable = durable});
    if (!id)
        return id.error();
    execution.id = *id;
    return execution;
}

Result<void> ExecutionStore::executionStarted(ExecutionId id, Timestamp at)
{
    return m_database.writer().run(
        [&](WriteTransaction &transaction) { return journal_records::startExecution(transaction, m_owner, id, at); });
}

Result<void> ExecutionStore::attemptStarted(const AttemptStart &start)
{
    const Result<void> done = m_database.writer().run(
        [&](WriteTransaction &transaction) { return journal_records::startAttempt(transaction, m_owner, start); },
        {.durable = start.touchesWorld});
    if (done)
        m_touches.started(start);
    return done;
}

Result<void> ExecutionStore::attemptEnded(const AttemptEnd &end, const std::optional<AttemptStart> &next)
{
    const Result<QString> data = dataText(end);
    if (!data)
        return data.error();
    const bool durable = m_touches.has(end.executionId) || (next && next->touchesWorld);
    const Result<void> done = m_database.writer().run(
        [&](WriteTransaction &transaction) {
            Result<void> ended = journal_records::endAttempt(transaction, m_owner, end, *data);
            return ended && next ? journal_records::startAttempt(transaction, m_owner, *next) : ended;
        },
        {.durable = durable});
    if (done) {
        m_touches.ended(end.executionId);
        if (next)
            m_touches.started(*next);
    }
    return done;
}

Result<void> ExecutionStore::executionHeld(const std::optional<AttemptEnd> &last, const ExecutionHold &hold)
{
    const Result<QString> data = last ? dataText(*last) : QString();
    if (!data)
        return data.error();
    // A pause is told to a person who may then turn the machine off.
    const Result<void> done = m_database.writer().run(
        [&](WriteTransaction &transaction) {
            const Result<void> ended =
                last ? journal_records::endAttempt(transaction, m_owner, *last, *data) : Result<void>();
            return ended ? journal_records::holdExecution(transaction, m_owner, hold) : ended;
        },
        {.durable = true});
    if (done)
        m_touches.ended(hold.executionId);
    return done;
}

Result<StandingExecution> ExecutionStore::standing(ExecutionId id) const
{
    return m_database.reader().read([&](StorageConnection &connection) { return readStanding(connection, id); });
}

Result<QJsonObject> ExecutionStore::context(ExecutionId id) const
{
    return m_database.reader().read([&](StorageConnection &connection) { return readContext(connection, id); });
}

Result<void> ExecutionStore::editContext(ExecutionId id, const ContextEdit &edit)
{
    return m_database.writer().run(
        [&](WriteTransaction &transaction) { return context_edits::add(transaction, id, edit); }, {.durable = true});
}

Result<void> ExecutionStore::setBreakpoints(ExecutionId id, const QList<Breakpoint> &breakpoints)
{
    return m_database.writer().run(
        [&](WriteTransaction &transaction) { return storeBreakpoints(transaction, id, breakpoints); });
}

Result<void> ExecutionStore::noteCancel(ExecutionId id)
{
    return m_database.writer().run([&](WriteTransaction &transaction) { return flow::noteCancel(transaction, id); },
                                   {.durable = true});
}

Result<void> ExecutionStore::setPinned(ExecutionId id, bool pinned)
{
    return m_database.writer().run(
        [&](WriteTransaction &transaction) -> Result<void> {
            Statement statement(transaction.connection,
                                QStringLiteral("UPDATE flow_executions SET pinned = ? WHERE id = ?"));
            if (Result<void> done = statement.run(pinned, id); !done)
                return done;
            return statement.changedRows() == 1 ? Result<void>() : execution_records::notFound(id);
        },
        {.durable = true});
}

Result<QJsonValue> ExecutionStore::result(ExecutionId id) const
{
    return m_database.reader().read([&](StorageConnection &connection) { return readResult(connection, id); });
}

Result<QList<Execution>> ExecutionStore::children(ExecutionId parent, int sequenceNumber) const
{
    return m_database.reader().read([&](StorageConnection &connection) {
        return execution_records::readChildren(connection, parent, sequenceNumber);
    });
}

/// What is stored already stands: whoever was told that nobody knows whether a step was saved may end the execution as
/// if it was not.
Result<void> ExecutionStore::executionEnded(const std::optional<AttemptEnd> &last, const ExecutionEnd &end)
{
    const Result<QString> data = last ? dataText(*last) : QString();
    if (!data)
        return data.error();
    const Result<void> done = m_database.writer().run(
        [&](WriteTransaction &transaction) {
            const Result<void> ended =
                last ? journal_records::endLastAttempt(transaction, m_owner, *last, *data) : Result<void>();
            return ended ? journal_records::endExecution(transaction, m_owner, end) : ended;
        },
        {.durable = m_touches.has(end.executionId)});
    if (done)
        m_touches.ended(end.executionId);
    return done;
}

Result<Page<Execution>> ExecutionStore::list(const ExecutionQuery &query) const
{
    return m_database.reader().read([&](StorageConnection &connection) -> Result<Page<Execution>> {
        Result<QList<Execution>> executions = execution_records::readPage(connection, query);
        if (!executions)
            return executions.error();
        const Result<qint64> total = execution_records::count(connection, query);
        if (!total)
            return total.error();
        return Page<Execution>{*std::move(executions), *total};
    });
}

Result<Execution> ExecutionStore::get(ExecutionId id) const
{
    return m_database.reader().read(
        [&](StorageConnection &connection) { return execution_records::read(connection, id); });
}

Result<QList<TaskExecution>> ExecutionStore::taskExecutions(ExecutionId id) const
{
    return m_database.reader().read([&](StorageConnection &connection) -> Result<QList<TaskExecution>> {
        const Result<QJsonObject> input = execution_records::readInput(connection, id);
        if (!input)
            return input.error();
        return execution_records::readAttempts(connection, id, *input);
    });
}

void ExecutionStore::appendLog(const QList<ExecutionEvent> &lines)
{
    m_database.writer().post([lines](WriteTransaction &transaction) { return insertLog(transaction, lines); });
}

void ExecutionStore::noteProgress(ExecutionId id, int sequenceNumber, double fraction, const QString &text)
{
    m_database.writer().post([=](WriteTransaction &transaction) {
        return Statement(transaction.connection,
                         QStringLiteral("UPDATE task_executions SET progress = ?, progress_text = ?"
                                        " WHERE flow_execution_id = ? AND sequence_number = ?"))
            .run(fraction, text, id, sequenceNumber);
    });
}

Result<QList<ExecutionEvent>> ExecutionStore::log(ExecutionId id) const
{
    m_database.writer().settle();
    return m_database.reader().read([&](StorageConnection &connection) { return readLog(connection, id); });
}

Result<QList<ExecutionId>> ExecutionStore::unfinished(const FlowId &flowId) const
{
    return m_database.reader().read(
        [&](StorageConnection &connection) { return flow_removal::unfinished(connection, flowId); });
}

Result<QString> ExecutionStore::owner(ExecutionId id) const
{
    return m_database.reader().read([&](StorageConnection &connection) -> Result<QString> {
        Statement statement(connection, QStringLiteral("SELECT owner FROM flow_executions WHERE id = ?"));
        if (Result<void> done = statement.run(id); !done)
            return done.error();
        const Result<bool> found = statement.next();
        if (!found)
            return found.error();
        if (!*found)
            return execution_records::notFound(id);
        return statement.text(0);
    });
}

Result<LeftBehind>
ExecutionStore::releaseLeftBehind(const std::function<QStringList(const QStringList &owners)> &whoIsDead)
{
    // Asked outside the writer's transaction. An owner that is new since then lives, and is not in the list.
    const Result<QStringList> owners =
        m_database.reader().read([](StorageConnection &connection) { return ownersOfUnfinished(connection); });
    if (!owners)
        return owners.error();
    const QStringList dead = whoIsDead ? whoIsDead(*owners) : *owners;
    if (dead.isEmpty())
        return LeftBehind{};
    return m_database.writer().runFor<LeftBehind>(
        [&](WriteTransaction &transaction) { return releaseExecutionsOf(transaction, dead); }, {.durable = true});
}

Result<bool> ExecutionStore::admit(ExecutionId id, int limit)
{
    return m_database.writer().runFor<bool>([&](WriteTransaction &transaction) {
        return journal_records::admitExecution(transaction, m_owner, id, limit);
    });
}

Result<QList<ExecutionId>> ExecutionStore::runningOf(const FlowId &flowId) const
{
    return m_database.reader().read([&](StorageConnection &connection) -> Result<QList<ExecutionId>> {
        Statement statement(connection, QStringLiteral("SELECT id FROM flow_executions WHERE flow_id = ?"
                                                       " AND status = 'running' AND parent_id IS NULL ORDER BY id"));
        if (Result<void> done = statement.run(flowId); !done)
            return done.error();
        return statement.integers();
    });
}

Result<QList<ExecutionId>> ExecutionStore::claimReleased(int atMost)
{
    const Result<bool> any =
        m_database.reader().read([](StorageConnection &connection) { return anyReleased(connection); });
    if (!any)
        return any.error();
    if (!*any)
        return QList<ExecutionId>();
    return m_database.writer().runFor<QList<ExecutionId>>(
        [&](WriteTransaction &transaction) { return flow::claimReleased(transaction, m_owner, atMost); });
}

Result<bool> ExecutionStore::claim(ExecutionId id, ExecutionStatus from)
{
    return m_database.writer().runFor<bool>(
        [&](WriteTransaction &transaction) { return flow::claim(transaction, m_owner, id, from); });
}

Result<void> ExecutionStore::giveBack(ExecutionId id, ExecutionStatus to)
{
    return m_database.writer().run(
        [&](WriteTransaction &transaction) { return flow::giveBack(transaction, m_owner, id, to); });
}

} // namespace flow
