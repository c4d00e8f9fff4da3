// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/flow_file.h"

namespace flow {

/// Reads a flow from outside: a flow file or a bare flow. What it does not place on the canvas is laid out. All
/// problems at once, as in readFlowFile().
FlowFileReading readForImport(const QByteArray &text, const QString &fileName = {});

} // namespace flow
