// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/service_errors.h"

#include <QCoreApplication>

namespace flow {

Error shuttingDown()
{
    return {.code = ErrorCode::NotAllowed,
            .reason = QCoreApplication::translate("FlowService", "The program is shutting down")};
}

bool isAway(const Error &error)
{
    return error.code == ErrorCode::Io || error.code == ErrorCode::Full;
}

} // namespace flow
