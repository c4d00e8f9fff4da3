// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json_reader.h"
#include "model/flow.h"

/// The pieces of reading a flow's JSON; used by flowFromJson only.
namespace flow {

Task readTask(const QJsonValue &value, const FieldPath &path, QList<Error> *errors);
Condition readCondition(const QJsonValue &value, const FieldPath &path, QList<Error> *errors);
/// Rules between fields: unique names, known start task, sources and targets. Only asked of a flow whose fields are right.
void checkReferences(const Flow &flow, const FieldPath &path, QList<Error> *errors);

} // namespace flow
