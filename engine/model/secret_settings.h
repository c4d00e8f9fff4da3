// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/template.h"

/// Where a task's settings may use `${secret.NAME}`: only in those that its type marks as taking secrets, because all
/// others may be shown, stored or passed on. The mark is `x-secret` in the setting's schema; what lies inside of it
/// takes secrets as well. Any thread.
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

/// Takes out what mistakes found in expanded settings repeat of those that take secrets; their paths begin with
/// `prefix` steps that the schema does not have.
QList<Error> withoutValues(QList<Error> mistakes, const QJsonObject &schema, qsizetype prefix);

} // namespace flow::secrets
