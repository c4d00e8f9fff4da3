// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/field_spec.h"
#include "model/flow.h"
#include "model/task_type.h"

/// The fields that every task, condition and flow has, as form fields. Values only.
namespace flow {

QList<FieldSpec> failureFields();                  ///< retry.*
QList<FieldSpec> limitFields();                    ///< timeout_seconds, retry_safe
QList<FieldSpec> descriptionFields(int maxLength); ///< description
QJsonObject taskFieldValues(const Task &task);     ///< by the keys of those
/// Puts one field's value into the task; undefined removes it.
void applyTaskField(Task *task, const QString &key, const QJsonValue &value);

/// The same for one setting of the task's type; the config is dropped with its last field.
void applyConfigField(Task *task, const QString &key, const QJsonValue &value);
/// Replaces every setting that is not among `known`.
void applyConfigRest(Task *task, const QStringList &known, const QJsonObject &rest);

} // namespace flow
