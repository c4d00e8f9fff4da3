// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command.h"

namespace flow::cli {

/// The library that the settings name, for a command that only looks whether flows are there. It is looked at when it
/// is first needed; no service is opened, and no library is made.
class LibraryView
{
public:
    explicit LibraryView(const Call &call)
        : m_call(call)
    {
    }

    /// For the check of `flow`, from the file `name`: null when nothing is known of the library, which is said where
    /// that leaves something unchecked.
    const LibraryFlows *forCheckOf(const Flow &flow, const TaskTypes &types, const QString &name);

private:
    void look();

    const Call &m_call;
    bool m_hasLooked = false;
    std::optional<LibraryFlows> m_flows;
    QString m_whyNot; ///< it is not known
};

} // namespace flow::cli
