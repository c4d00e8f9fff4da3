// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/field_spec.h"
#include "model/flow.h"

namespace flow {

QList<FieldSpec> flowLimitFields(); ///< concurrency.*
QJsonObject flowLimitValues(const Flow &flow);
/// False when the key is none of these.
bool applyFlowLimit(Flow *flow, const QString &key, const QJsonValue &value);

} // namespace flow
