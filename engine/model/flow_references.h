// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "model/flow.h"

namespace flow {

/// Reports names that come twice and names that stand for nothing. For use while reading: a null text is a field that
/// could not be read and was reported already, and while a task's name is unknown no reference is called wrong.
void checkReferences(const Flow &flow, const FieldPath &path, QList<Error> *errors);

} // namespace flow
