// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/flow_store.h"

#include "base/clock.h"
#include "storage/database.h"
#include "storage/flow_records.h"
#include "storage/flow_removal.h"
#include "storage/flow_revisions.h"
#include "storage/storage_reader.h"
#include "storage/storage_statement.h"
#include "storage/storage_writer.h"

#include <QCoreApplication>

namespace flow {

namespace {

/// A revision that was asked for since then is not about to be removed: see HistoryStore::unusedRevisions().
constexpr std::chrono::hours knownFor{1};

/// What a person saved survives a loss of power.
constexpr WriteOptions saving{.durable = true};

QString tr(const char *text)
{
    return QCoreApplication::translate("FlowStore", text);
}

/// Somebody always wins, and who has lost once takes turns with the others who have, so nobody should ever lose so
/// often.
constexpr int mostTries = 100;

/// `change` applied to the state that was read.
Result<StoredFlow> changed(const StoredFlow &before, const std::function<Result<void>(StoredFlow &)> &change)
{
    StoredFlow after = before;
    if (Result<void> done = change(after); !done)
        return done.error();
    if (after.file.flow.id != before.file.flow.id)
        return Error{
            .code = ErrorCode::NotAllowed,
            .reason =
                tr("The id of flow '%1' cannot be changed: save it as a new flow instead").arg(before.file.flow.id)};
    return after;
}

/// `stored` is 0 when there is no such flow.
Error savedMeanwhile(const FlowId &id, int stored, int basedOn)
{
    QString reason;
    if (stored == 0)
        reason = tr("Flow '%1' was deleted by somebody else meanwhile: the changes are based on version %2")
                     .arg(id)
                     .arg(basedOn);
    else if (basedOn == 0)
        reason = tr("Flow '%1' was saved by somebody else meanwhile: version %2 is stored now, the changes are meant "
                    "for a new "
                    "flow")
                     .arg(id)
                     .arg(stored);
    else
        reason =
            tr("Flow '%1' was saved by somebody else meanwhile: version %2 is stored now, the changes are based on "
               "version %3")
                .arg(id)
                .arg(stored)
                .arg(basedOn);
    return {.code = ErrorCode::Conflict, .reason = reason};
}

Result<StoredFlow> saveIn(WriteTransaction &transaction, const FlowFile &file, const EncodedFlow &encoded,
                          std::optional<int> basedOn)
{
    const FlowId &id = file.flow.id;
    const Result<std::optional<StoredFlow>> before = flow_records::readSummary(transaction.connection, id);
    if (!before)
        return before.error();
    const int stored = *before ? (*before)->version : 0;
    if (basedOn && *basedOn != stored)
        return savedMeanwhile(id, stored, *basedOn);

    StoredFlow after = before->value_or(StoredFlow());
    after.file = file;
    after.revision = encoded.revision;
    after.version = stored + 1;
    after.updatedAt = systemClock().now();
    if (stored == 0)
        after.createdAt = after.updatedAt;
    const Result<void> done = stored == 0 ? flow_records::insert(transaction, after, encoded)
                                          : flow_records::update(transaction, **before, after, encoded);
    if (!done)
        return done.error();
    return after;
}

/// Nothing when somebody has saved or replaced the flow since `before` was read.
Result<std::optional<StoredFlow>> updateIn(WriteTransaction &transaction, const StoredFlow &before, StoredFlow after,
                                           const EncodedFlow &encoded)
{
    const Result<std::optional<StoredFlow>> now =
        flow_records::readSummary(transaction.connection, before.file.flow.id);
    if (!now)
        return now.error();
    // The version alone does not tell a flow that was deleted and made anew.
    if (!*now || (*now)->version != before.version || (*now)->createdAt != before.createdAt)
        return std::optional<StoredFlow>();
    after.revision = encoded.revision;
    after.version = before.version + 1;
    after.createdAt = before.createdAt;
    after.updatedAt = systemClock().now();
    after.lastStatus = (*now)->lastStatus;
    after.lastExecutedAt = (*now)->lastExecutedAt;
    if (Result<void> done = flow_records::update(transaction, before, after, encoded); !done)
        return done.error();
    return std::optional(after);
}

} // namespace

FlowStore::FlowStore(Database &database)
    : m_database(database)
{
}

Result<Page<StoredFlow>> FlowStore::list(const FlowQuery &query) const
{
    return m_database.reader().read([&](StorageConnection &connection) -> Result<Page<StoredFlow>> {
        Result<QList<StoredFlow>> flows = flow_records::readPage(connection, query);
        if (!flows)
            return flows.error();
        const Result<qint64> total = flow_records::count(connection, query.activeOnly);
        if (!total)
            return total.error();
        return Page<StoredFlow>{*std::move(flows), *total};
    });
}

Result<StoredFlow> FlowStore::get(const FlowId &id) const
{
    return m_database.reader().read([&](StorageConnection &connection) { return flow_records::read(connection, id); });
}

Result<StoredFlow> FlowStore::summary(const FlowId &id) const
{
    return m_database.reader().read([&](StorageConnection &connection) -> Result<StoredFlow> {
        const Result<std::optional<StoredFlow>> found = flow_records::readSummary(connection, id);
        if (!found)
            return found.error();
        return *found ? Result<StoredFlow>(**found) : flow_records::notFound(id);
    });
}

Result<LibraryFlows> FlowStore::names() const
{
    return m_database.reader().read([](StorageConnection &connection) { return flow_records::readNames(connection); });
}

Result<FlowFile> FlowStore::revision(const RevisionId &revision) const
{
    return m_database.reader().read([&](StorageConnection &connection) { return readRevision(connection, revision); });
}

Result<StoredFlow> FlowStore::create(const FlowFile &file)
{
    const Result<EncodedFlow> encoded = EncodedFlow::of(file);
    if (!encoded)
        return encoded.error();
    StoredFlow flow{.file = file, .revision = encoded->revision};
    flow.createdAt = flow.updatedAt = systemClock().now();
    const Result<void> done = m_database.writer().run(
        [&](WriteTransaction &transaction) { return flow_records::insert(transaction, flow, *encoded); }, saving);
    if (!done)
        return done.error();
    return flow;
}

Result<StoredFlow> FlowStore::save(const FlowFile &file, std::optional<int> basedOn)
{
    const Result<EncodedFlow> encoded = EncodedFlow::of(file);
    if (!encoded)
        return encoded.error();
    return m_database.writer().runFor<StoredFlow>(
        [&](WriteTransaction &transaction) { return saveIn(transaction, file, *encoded, basedOn); }, saving);
}

Result<StoredFlow> FlowStore::update(const FlowId &id, const std::function<Result<void>(StoredFlow &current)> &change)
{
    int version = 0;
    std::unique_lock turn(m_turn, std::defer_lock);
    for (int tries = 0; tries < mostTries; ++tries) {
        if (tries == 1)
            turn.lock();
        const Result<StoredFlow> before = get(id);
        if (!before)
            return before;
        const Result<StoredFlow> after = changed(*before, change);
        if (!after)
            return after;
        const Result<EncodedFlow> encoded = EncodedFlow::of(after->file);
        if (!encoded)
            return encoded.error();
        const Result<std::optional<StoredFlow>> stored = m_database.writer().runFor<std::optional<StoredFlow>>(
            [&](WriteTransaction &transaction) { return updateIn(transaction, *before, *after, *encoded); }, saving);
        if (!stored)
            return stored.error();
        if (*stored)
            return **stored;
        version = before->version;
    }
    return savedMeanwhile(id, version + 1, version);
}

Result<RevisionId> FlowStore::keepRevision(const FlowFile &file)
{
    const RevisionId revision = revisionOf(file.flow);
    const Result<bool> known = m_database.reader().read([&](StorageConnection &connection) -> Result<bool> {
        Statement statement(connection, QStringLiteral("SELECT 1 FROM flow_revisions WHERE id = ? AND created_at > ?"));
        if (Result<void> done = statement.run(revision, systemClock().now() - knownFor); !done)
            return done.error();
        return statement.next();
    });
    if (!known)
        return known.error();
    if (*known)
        return revision;
    const Result<EncodedFlow> encoded = EncodedFlow::of(file);
    if (!encoded)
        return encoded.error();
    const Result<void> done = m_database.writer().run([&](WriteTransaction &transaction) {
        return storeRevision(transaction.connection, file.flow.id, *encoded, KnownRevision::KeepLayout,
                             systemClock().now());
    });
    if (!done)
        return done.error();
    return revision;
}

Result<void> FlowStore::remove(const FlowId &id)
{
    for (;;) {
        const Result<bool> gone = removeStep(id, flow_removal::Whatever{.state = true});
        if (!gone || *gone)
            return gone ? Result<void>() : gone.error();
    }
}

Result<void> FlowStore::mayBeRemoved(const FlowId &id) const
{
    return m_database.reader().read([&](StorageConnection &connection) { return flow_removal::mayGo(connection, id); });
}

Result<bool> FlowStore::removeStep(const FlowId &id, const QSet<ExecutionId> &over)
{
    return removeStep(id, flow_removal::Whatever{.over = over});
}

Result<bool> FlowStore::removeStep(const FlowId &id, const flow_removal::Whatever &whatever)
{
    return m_database.writer().runFor<bool>(
        [&](WriteTransaction &transaction) { return flow_removal::step(transaction, id, whatever); },
        {.durable = true, .readsCounts = true});
}

Result<qint64> FlowStore::executionCount(const FlowId &id) const
{
    return m_database.reader().read([&](StorageConnection &connection) -> Result<qint64> {
        Statement statement(connection, QStringLiteral("SELECT coalesce(sum(executions), 0) FROM execution_counts"
                                                       " WHERE flow_id = ?"));
        if (Result<void> done = statement.run(id); !done)
            return done.error();
        if (const Result<bool> found = statement.next(); !found)
            return found.error();
        const qint64 own = statement.integer(0);
        const Result<qint64> others = flow_removal::countOfOthers(connection, id);
        return others ? Result(own + *others) : others.error();
    });
}

} // namespace flow
