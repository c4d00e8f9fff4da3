// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json_writer.h"
#include "model/flow.h"
#include "model/layout.h"

namespace flow {

/// The canonical key order of a flow and its layout, as values of `writer`.
void writeFlow(JsonWriter &writer, const Flow &flow);
void writeLayout(JsonWriter &writer, const Layout &layout);

} // namespace flow
