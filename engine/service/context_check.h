// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/flow.h"

#include <QJsonObject>
#include <QStringList>

/// What a person may make of an execution's context. Any thread.
namespace flow {

/// Whether `set` can stand for results where it names tasks: objects with `status` (success or failure) and, if wanted,
/// `data` and `error`. A name that an input shares with a task may have any value without a `status`. `context` is what
/// is there before.
Result<void> checkResults(const Flow &flow, const QJsonObject &context, const QJsonObject &set);

/// As above; in addition there must be something to change, and what is taken out must be there.
Result<void> checkEdit(const Flow &flow, const QJsonObject &context, const QJsonObject &set,
                       const QStringList &removed);

} // namespace flow
