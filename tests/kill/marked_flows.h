// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>

namespace flow::test {

/// Flows "quick", "slow", "patient" and "retried". Tasks whose name begins with "mark" add a line "<execution id> <task
/// name>" to the file `effects` for each attempt; they are not safe to repeat. Undisturbed, "retried" fails, the others
/// complete.
QList<QJsonObject> markedFlows(const QString &effects);

} // namespace flow::test
