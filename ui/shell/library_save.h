// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/stored_flow.h"

#include <optional>

namespace flow {

class FlowService;

/// What came of saving a flow to the library.
struct LibrarySave
{
    Result<StoredFlow> stored;
    /// What the library has instead when somebody else's work would have been overwritten; nothing was saved then.
    std::optional<StoredFlow> other = {};
};

/// Saves on top of version `basedOn` of the flow (0: it must be new). What the library has already, word for word, makes
/// no new version. `ownRun` is what the caller has run before it ever saved the flow: running adds it to the library,
/// and that is nobody else's work. Blocks; never on the GUI thread.
LibrarySave saveToLibrary(FlowService *service, const FlowFile &file, int basedOn, const std::optional<Flow> &ownRun);

} // namespace flow
