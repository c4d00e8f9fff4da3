// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/execution_store.h"
#include "storage/flow_store.h"

#include <QStringList>

namespace flow {

/// The names of the secrets that a family of executions may have been given: those that the flows name which `root`,
/// the executions that it resumes, and all that these have started have run. What cannot be read is passed over.
QStringList familySecretNames(ExecutionId root, const ExecutionStore &executions, const FlowStore &flows,
                              const TaskTypes &types);

} // namespace flow
