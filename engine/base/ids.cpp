// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ids.h"

#include <QUuid>

namespace flow {

FlowId newFlowId()
{
    return QStringLiteral("flow-") + QUuid::createUuid().toString(QUuid::Id128).left(12);
}

} // namespace flow
