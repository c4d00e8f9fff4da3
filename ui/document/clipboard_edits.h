// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/flow_file.h"

#include <QStringList>

namespace flow {

/// Clipboard data of copied tasks: a flow file in UTF-8. The same stands there as text, for other programs.
inline const QString flowMime = QStringLiteral("application/x-flow-manager-flow");

/// These tasks with the conditions among them; what led elsewhere leads to `end`. Pure.
FlowFile excerptOf(const FlowFile &file, const QStringList &tasks);

/// Puts an excerpt into a flow, moved by `offset`; names that are taken get a number. Its conditions have to be about
/// its own tasks, as excerptOf() leaves them. Returns the new names. Pure.
QStringList insertExcerpt(FlowFile &file, FlowFile part, QPointF offset);

} // namespace flow
