// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/flow_revisions.h"

#include "storage/storage_error.h"
#include "storage/storage_statement.h"

#include <QCoreApplication>

namespace flow {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("FlowRevisions", text);
}

/// Names stand in columns too, where no database keeps U+0000.
bool hasZeroCharacter(const Flow &flow)
{
    const auto bad = [](const QString &text) { return text.contains(QChar(u'\0')); };
    return bad(flow.id) || bad(flow.name) || bad(flow.description) || bad(flow.startTask) ||
           std::any_of(flow.tasks.begin(), flow.tasks.end(),
                       [&](const Task &task) { return bad(task.name) || bad(task.description); });
}

Error unreadable(const FlowFile &file, const QString &why)
{
    return {.code = ErrorCode::InvalidFlow, .reason = tr("Flow '%1' cannot be saved: %2").arg(file.flow.id, why)};
}

} // namespace

Result<EncodedFlow> EncodedFlow::of(const FlowFile &file)
{
    if (hasZeroCharacter(file.flow))
        return unreadable(file, tr("its names and descriptions must not contain the character U+0000"));
    const QByteArray definition = canonicalJson(file.flow);
    const json::Parsed parsed = json::parse(definition);
    if (!parsed.errors.isEmpty())
        return unreadable(file, text(parsed.errors));
    const FlowReading reading = flowFromJson(parsed.value, {}, Reading::Draft);
    if (!reading.ok())
        return unreadable(file, text(reading.errors));
    if (reading.flow != file.flow)
        return unreadable(file, tr("it contains text or numbers that a flow file cannot hold"));
    EncodedFlow encoded{revisionOf(file.flow), QString::fromUtf8(definition), {}};
    if (!file.layout.isEmpty())
        encoded.layout = QString::fromUtf8(json::writeCompact(toJson(file.layout)));
    return encoded;
}

Result<Flow> decodeFlow(const QString &definition, const QString &databaseFile)
{
    const json::Parsed parsed = json::parse(definition.toUtf8());
    if (!parsed.errors.isEmpty())
        return corruptError(databaseFile, tr("a stored flow: %1").arg(parsed.errors.first().text()));
    const FlowReading reading = flowFromJson(parsed.value, {}, Reading::Draft);
    if (!reading.ok())
        return corruptError(databaseFile, tr("a stored flow: %1").arg(reading.errors.first().text()));
    return reading.flow;
}

Result<Layout> decodeLayout(const QString &layout, const QString &databaseFile)
{
    if (layout.isEmpty())
        return Layout();
    const json::Parsed parsed = json::parse(layout.toUtf8());
    QList<Error> errors = parsed.errors;
    const Layout decoded = layoutFromJson(parsed.value, {}, &errors);
    if (!errors.isEmpty())
        return corruptError(databaseFile, tr("a stored layout: %1").arg(errors.first().text()));
    return decoded;
}

Result<void> storeRevision(StorageConnection &connection, const FlowId &flowId, const EncodedFlow &flow,
                           KnownRevision known, Timestamp at)
{
    const QString insert = QStringLiteral("INSERT INTO flow_revisions (id, flow_id, definition, layout, created_at)"
                                          " VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO ");
    const QString otherwise = known == KnownRevision::KeepLayout
                                  ? QStringLiteral("UPDATE SET created_at = excluded.created_at")
                                  : QStringLiteral("UPDATE SET layout = excluded.layout,"
                                                   " created_at = excluded.created_at");
    return Statement(connection, insert + otherwise).run(flow.revision, flowId, flow.definition, flow.layout, at);
}

Result<FlowFile> readRevision(StorageConnection &connection, const RevisionId &revision)
{
    Statement statement(connection, QStringLiteral("SELECT definition, layout FROM flow_revisions WHERE id = ?"));
    if (Result<void> done = statement.run(revision); !done)
        return done.error();
    const Result<bool> found = statement.next();
    if (!found)
        return found.error();
    if (!*found)
        return Error{.code = ErrorCode::NotFound, .reason = tr("Revision '%1' not found").arg(revision)};
    const Result<Flow> flow = decodeFlow(statement.text(0), connection.file());
    if (!flow)
        return flow.error();
    const Result<Layout> layout = decodeLayout(statement.text(1), connection.file());
    if (!layout)
        return layout.error();
    return FlowFile{*flow, *layout};
}

} // namespace flow
