// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"
#include "shell/session_start.h"

#include <QMap>

#include <optional>

class QCoreApplication;

namespace flow {

/// What the command line of the desktop program says.
struct GuiOptions
{
    QMap<QString, QString> configuration; ///< by option name, for readConfiguration()
    QString envFile;                      ///< null: the default one
    std::optional<Look::Mode> theme;
    StartWishes wishes;
    QString screenshots; ///< folder; null: none are taken
    bool reportFirstPaint = false;
    QString error; ///< null: all is well
};

/// Prints help and version and ends the program where these are asked for.
GuiOptions readOptions(const QCoreApplication &application);

} // namespace flow
