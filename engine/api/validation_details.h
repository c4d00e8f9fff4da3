// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QJsonObject>
#include <QJsonValue>

namespace flow {

/// The `details` of a validation error as the reference writes them: nested by field, each a list of texts. `body` is
/// the request, from which refused names are quoted in full. The texts are part of the contract; they are never
/// translated.
QJsonObject validationDetails(const QList<Error> &errors, const QJsonValue &body);

} // namespace flow
