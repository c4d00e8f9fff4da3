// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>

namespace flow::test {

/// Flows "quick", "slow", "patient", "retried", "sleepy" (its attempts are more than a second apart), "limited" (one at
/// a time) and "nested" (which runs others). Tasks whose name begins with "mark" add a line "<execution id> <task name>
/// <attempt>" to the file `effects`; they are not safe to repeat. Undisturbed, "retried" and "sleepy" fail, the others
/// complete.
QList<QJsonObject> markedFlows(const QString &effects);

} // namespace flow::test
