// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/template.h"

/// Where a task's settings may use `${secret.NAME}`: only in those whose values are shown to nobody, because all others
/// may be stored or passed on. Their mark is `writeOnly` in the schema; what lies inside of one takes secrets as well.
/// Any thread.
namespace flow::secrets {

/// The variable of expressions that holds the secrets by name.
QString variable();

bool isMarked(const QJsonObject &schema, const QList<FieldPath::Step> &setting);

/// What is wrong with the way the settings use secrets: in a setting that takes none, or not by a name written out.
QList<Error> mistakes(const Template &settings, const QJsonObject &schema);
/// The same of any other expression, which may not use them at all; null when it does not.
QString mistakeIn(const Expression &expression);

/// The names that the settings use.
QStringList names(const Template &settings);

} // namespace flow::secrets
