// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"

#include <QString>

#include <array>
#include <optional>

namespace flow {

/// What one program asks of the one that runs an execution.
struct OwnerRequest
{
    enum class What {
        Cancel, ///< as a person does: the second time it ends the final task, too
        Stop,   ///< what runs, but not its final task, however often it is asked
        Pause,
        ReadBreakpoints ///< they were changed in the database
    };

    ExecutionId executionId = 0;
    What what = What::Cancel;

    friend bool operator==(const OwnerRequest &, const OwnerRequest &) = default;
};

inline constexpr std::array ownerRequests{OwnerRequest::What::Cancel, OwnerRequest::What::Stop,
                                          OwnerRequest::What::Pause, OwnerRequest::What::ReadBreakpoints};

/// The word under which it is kept: "cancel", "stop", "pause", "breakpoints".
QString toString(OwnerRequest::What what);
/// Nothing for another word, which a newer program may use.
std::optional<OwnerRequest::What> ownerRequestFromString(QStringView word);

} // namespace flow
