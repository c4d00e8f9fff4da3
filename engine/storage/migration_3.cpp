// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/migration_3.h"

namespace flow {

Migration migration3()
{
    return {3, {QStringLiteral("ALTER TABLE flow_executions ADD COLUMN cancel_wanted BOOLEAN NOT NULL DEFAULT false")}};
}

} // namespace flow
