// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json_writer.h"
#include "model/flow.h"
#include "model/layout.h"

/// What is written for each thing of a flow, in canonical order: the one place that knows it. Private to flow_model.
namespace flow {

using Fields = QList<std::pair<QString, QJsonValue>>;

Fields fieldsOf(const Task &task);
Fields fieldsOf(const Condition &condition);

void write(JsonWriter &writer, const Flow &flow);
void write(JsonWriter &writer, const Layout &layout);

} // namespace flow
