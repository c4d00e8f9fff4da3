// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/router.h"
#include "service/flow_service.h"

namespace flow {

/// The id in the path; 0, which no execution has, when it is no number.
ExecutionId executionIdOf(const ApiRequest &request);
/// 404 for an id that is no number.
HttpReply executionNotFound(const ApiRequest &request);
/// 200 with the execution and its tasks when it has ended or is paused; without `waits` 202 with its number at once.
ApiOutcome runReply(FlowService &service, ExecutionId id, bool waits);

} // namespace flow
