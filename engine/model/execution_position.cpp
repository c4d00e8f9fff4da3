// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/execution_position.h"

namespace flow {

QJsonObject applied(const ContextEdit &edit, QJsonObject context)
{
    for (const QString &name : edit.removed)
        context.remove(name);
    for (auto value = edit.set.begin(); value != edit.set.end(); ++value)
        context.insert(value.key(), *value);
    return context;
}

} // namespace flow
