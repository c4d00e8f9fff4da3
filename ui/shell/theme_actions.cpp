// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/theme_actions.h"

#include "shell/window_state.h"

namespace flow {

namespace {

const QMap<Look::Mode, ActionId> actionOfMode{{Look::Mode::System, ActionId::ThemeSystem},
                                              {Look::Mode::Light, ActionId::ThemeLight},
                                              {Look::Mode::Dark, ActionId::ThemeDark}};

} // namespace

ThemeActions::ThemeActions(const Actions &actions, Look *look, WindowState *state, std::optional<Look::Mode> given,
                           QObject *parent)
    : QObject(parent)
    , m_actions(actions)
{
    look->setMode(given.value_or(state->theme()));
    for (auto it = actionOfMode.begin(); it != actionOfMode.end(); ++it) {
        QAction *action = actions[it.value()];
        action->setChecked(it.key() == look->mode());
        connect(action, &QAction::triggered, this, [look, state, mode = it.key()] {
            look->setMode(mode);
            state->setTheme(mode);
        });
    }
}

void ThemeActions::choose(Look::Mode mode)
{
    m_actions[actionOfMode.value(mode)]->trigger();
}

} // namespace flow
