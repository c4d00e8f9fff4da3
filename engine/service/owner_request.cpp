// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/owner_request.h"

namespace flow {

QString toString(OwnerRequest::What what)
{
    switch (what) {
    case OwnerRequest::What::Cancel:
        break;
    case OwnerRequest::What::Stop:
        return QStringLiteral("stop");
    case OwnerRequest::What::Pause:
        return QStringLiteral("pause");
    case OwnerRequest::What::ReadBreakpoints:
        return QStringLiteral("breakpoints");
    }
    return QStringLiteral("cancel");
}

std::optional<OwnerRequest::What> ownerRequestFromString(QStringView word)
{
    for (const OwnerRequest::What what : ownerRequests) {
        if (word == toString(what))
            return what;
    }
    return std::nullopt;
}

} // namespace flow
