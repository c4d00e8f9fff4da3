// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/actions.h"

class QMenu;
class QMenuBar;

namespace flow {

/// Parts of the menu that change while the program runs.
struct MainMenu
{
    QMenu *recent = nullptr; ///< files opened lately
    QMenu *panels = nullptr; ///< docks to show and hide
};

/// Fills the menu bar: File, Edit, View, Flow, Run, Tools, Help.
MainMenu buildMainMenu(QMenuBar *bar, const Actions &actions);

/// Replaces the entries of the recent files; `open` is called with a path.
void fillRecentMenu(QMenu *menu, const QStringList &paths, const std::function<void(const QString &)> &open);

} // namespace flow
