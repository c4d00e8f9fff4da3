// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace flow {

/// Drag data of a task type from the palette: the type's name in UTF-8.
inline const QString taskTypeMime = QStringLiteral("application/x-flow-manager-task-type");

} // namespace flow
