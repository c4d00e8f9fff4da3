// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/field_spec.h"
#include "model/flow.h"

namespace flow {

FieldSpec expressionField();        ///< when
QList<FieldSpec> conditionFields(); ///< outcome, when; the words of outcome are for people
QJsonObject conditionFieldValues(const Condition &condition);
void applyConditionField(Condition *condition, const QString &key, const QJsonValue &value);

/// A condition for `source` with a free name, after all others.
Condition newCondition(const Flow &flow, const QString &source, Outcome outcome);

} // namespace flow
