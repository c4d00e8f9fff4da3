// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/shape.h"

#include <QJsonObject>

namespace flow {

/// What a JSON Schema tells the expression language of a value before there is one. Understood as checkConfig()
/// understands it; whatever is not known to be impossible stays possible. Any thread.
///
/// A field that need not be there may be null as well: whoever asks for null means that it is absent, and there is no
/// reason to call that a mistake.
Shape shapeOf(const QJsonObject &schema);

} // namespace flow
