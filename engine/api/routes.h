// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/router.h"

namespace flow {

class FlowService;

/// All routes of the API; see docs/rest.md. The service outlives the router.
Router apiRoutes(FlowService &service);

void addFlowRoutes(Router &router, FlowService &service);
void addExecutionRoutes(Router &router, FlowService &service);
/// Pause, continue, step, resume, context, breakpoints, pin.
void addControlRoutes(Router &router, FlowService &service);
void addTaskRoutes(Router &router, FlowService &service);

/// Page numbers as the reference takes them: from 1, 20 a page, at most 100.
struct PageNumbers
{
    int page = 1;
    int perPage = 20;
};
PageNumbers pageNumbers(const ApiRequest &request);

} // namespace flow
