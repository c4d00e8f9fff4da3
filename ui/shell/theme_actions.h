// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/actions.h"

namespace flow {

class WindowState;

/// Joins the three theme actions with the look, and remembers the choice. GUI thread.
class ThemeActions : public QObject
{
    Q_OBJECT

public:
    /// `given` comes before what is remembered and is not remembered itself.
    ThemeActions(const Actions &actions, Look *look, WindowState *state, std::optional<Look::Mode> given,
                 QObject *parent = nullptr);

    void choose(Look::Mode mode);

private:
    const Actions &m_actions;
};

} // namespace flow
