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
    bool serve = false; ///< the REST server begins with the program
    QString screenshots; ///< folder; null: none are taken
    bool reportFirstPaint = false;
    QString error; ///< null: all is well
};

/// Prints help or version and ends the program where one of them is asked for. Needs a QCoreApplication and no display.
void answerOnTheConsole(const QStringList &arguments);
/// Ends the program with what is wrong when it does not understand the command line.
GuiOptions readOptions(const QCoreApplication &application);

} // namespace flow
