// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QString>
#include <QStringList>

/// What the command line prints: results on stdout, everything else on stderr, colour only on a terminal.
namespace flow::cli {

/// Carries the translation of all texts of the program.
class Cli
{
    Q_DECLARE_TR_FUNCTIONS(flowctl)
};

enum ExitCode { Completed = 0, Failed = 1, Usage = 2, NotFound = 3, Invalid = 4 };

enum class Colour { None, Green, Red, Yellow, Grey, Bold };

/// One line on stdout.
void print(const QString &line);
/// Canonical JSON on stdout.
void printJson(const QJsonObject &object);
/// Rows in aligned columns on stdout; the first row is the heading.
void printTable(const QList<QStringList> &rows);
/// One line on stderr.
void say(const QString &line);
/// The same without the end of the line, for an answer behind it.
void ask(const QString &question);
/// The text in colour, when stderr is a terminal and NO_COLOR is not set.
QString paint(const QString &text, Colour colour);

/// Says `flowctl: <error>` and returns the exit code that belongs to its kind.
int fail(const Error &error);
int fail(const QList<Error> &errors);
/// Says what is wrong with the command line and where help is.
int misuse(const QString &text, const QString &command);

} // namespace flow::cli
