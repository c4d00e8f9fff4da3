// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command.h"

namespace flow::cli {

/// What was typed, taken apart: a command's words may stand between options that every command takes.
struct CommandLine
{
    const Command *command = nullptr; ///< null when the words name none
    QStringList words;                ///< what was read as the name of a command
    QStringList options;              ///< what stood before the last of these words
    QStringList rest;                 ///< what stands behind it
};

/// The options that every command takes.
QList<QCommandLineOption> commonOptions();

/// What QCommandLineParser is to read: options first and everything else behind `--`, so that it does not take words
/// such as -1 or "-a + b" for options.
QStringList withOperandsLast(const QStringList &arguments, const QList<QCommandLineOption> &options);

CommandLine readCommandLine(const QStringList &arguments, const QList<Command> &all);

} // namespace flow::cli
