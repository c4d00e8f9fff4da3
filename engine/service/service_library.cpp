// SPDX-License-Identifier: GPL-3.0-or-later
// The part of FlowService that keeps flows.
#include "service/database_door.h"
#include "service/flow_check.h"
#include "service/flow_deletion.h"
#include "service/flow_service.h"
#include "service/logging.h"
#include "service/service_state.h"
#include "storage/library_look.h"

namespace flow {

Result<Page<StoredFlow>> FlowService::flows(const FlowQuery &query) const
{
    return m_state->flows.list(query);
}

Result<StoredFlow> FlowService::flow(const FlowId &id) const
{
    return m_state->flows.get(id);
}

Result<StoredFlow> FlowService::flowSummary(const FlowId &id) const
{
    return m_state->flows.summary(id);
}

Result<LibraryFlows> FlowService::libraryFlows() const
{
    return m_state->flows.names();
}

Result<std::optional<LibraryFlows>> FlowService::lookAtLibrary(const ServiceSettings &settings)
{
    const Result<DatabaseDoor> door = DatabaseDoor::look(settings);
    return door ? flow::lookAtLibrary(door->location()) : door.error();
}

Result<FlowFile> FlowService::revision(const RevisionId &revision) const
{
    return m_state->flows.revision(revision);
}

Result<StoredFlow> FlowService::createFlow(const FlowFile &file)
{
    if (const Result<void> readable = checkReadable(file.flow); !readable)
        return readable.error();
    if (const Result<void> known = checkTaskTypes(file.flow, taskTypes()); !known)
        return known.error();
    Result<StoredFlow> created = m_state->flows.create(file);
    if (created)
        Q_EMIT flowSaved(created->file.flow.id, created->version);
    return created;
}

Result<StoredFlow> FlowService::saveFlow(const FlowFile &file, std::optional<int> basedOn)
{
    // A drawing may be kept although a task type is missing on this machine: it only cannot run.
    if (const Result<void> readable = checkSavable(file.flow); !readable)
        return readable.error();
    Result<StoredFlow> saved = m_state->flows.save(file, basedOn);
    if (saved)
        Q_EMIT flowSaved(saved->file.flow.id, saved->version);
    return saved;
}

Result<StoredFlow> FlowService::updateFlow(const FlowId &id, const std::function<Result<void>(StoredFlow &)> &change)
{
    const auto checkedChange = [&](StoredFlow &current) -> Result<void> {
        const Flow before = current.file.flow;
        if (const Result<void> changed = change(current); !changed)
            return changed;
        if (current.file.flow == before) // renaming or switching off must work whatever has become of the task types
            return {};
        if (const Result<void> readable = checkReadable(current.file.flow); !readable)
            return readable;
        return checkTaskTypes(current.file.flow, taskTypes());
    };
    Result<StoredFlow> updated = m_state->flows.update(id, checkedChange);
    if (updated)
        Q_EMIT flowSaved(id, updated->version);
    return updated;
}

Result<void> FlowService::deleteFlow(const FlowId &id)
{
    const Result<void> removed = FlowDeletion(*m_state, id).run();
    if (removed) {
        qCInfo(lcService) << "deleted flow" << id;
        Q_EMIT flowDeleted(id);
        // A program that stays does so by and by.
        if (const Result<void> given = m_state->settings.stays ? Result<void>() : m_state->history->giveBack(); !given)
            qCWarning(lcService, "The space of flow %s stays in the database for now: %s", qUtf8Printable(id),
                      qUtf8Printable(given.error().text()));
    }
    return removed;
}

Result<qint64> FlowService::executionCount(const FlowId &id) const
{
    return m_state->flows.executionCount(id);
}

} // namespace flow
