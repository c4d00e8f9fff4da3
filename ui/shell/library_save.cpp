// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/library_save.h"

#include "service/flow_service.h"

namespace flow {

LibrarySave saveToLibrary(FlowService *service, const FlowFile &file, int basedOn, const std::optional<Flow> &ownRun)
{
    const Result<StoredFlow> before = service->flow(file.flow.id);
    if (before && before->file == file) // saved already, from here or by somebody who made the same change
        return {before};
    const Result<StoredFlow> saved = service->saveFlow(file, basedOn);
    if (saved || saved.error().code != ErrorCode::Conflict)
        return {saved};
    const Result<StoredFlow> now = service->flow(file.flow.id);
    if (!now && now.error().code == ErrorCode::NotFound)
        return {service->saveFlow(file, 0)}; // deleted meanwhile: nothing is lost by adding it again
    if (!now)
        return {now.error()};
    if (now->file == file)
        return {now};
    if (basedOn == 0 && ownRun && now->file.flow == *ownRun)
        return {service->saveFlow(file, now->version)};
    return {saved.error(), *now};
}

} // namespace flow
