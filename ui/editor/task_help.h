// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/task_type.h"

#include <QString>

namespace flow {

/// What a task type says of itself, as HTML: what it does, its settings, what it touches, whether it is safe to repeat.
QString taskHelpHtml(const TaskType &type);

} // namespace flow
