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

enum ExitCode { Completed = 0, Failed = 1, Usage = 2, NotFound = 3, Invalid = 4, Paused = 5 };

enum class Colour { None, Green, Red, Yellow, Grey, Bold };

/// A part of a line in one colour; colours show when stderr is a terminal and NO_COLOR is not set.
struct Piece
{
    QString text;
    Colour colour = Colour::None;
};

/// Before anything else: a channel that the caller has closed must not become a file that the program opens.
void keepStandardChannels();

// Texts may hold line breaks, behind which `indent` spaces follow. Control characters are made visible.

/// One line on stdout.
void print(const QString &line, int indent = 0);
/// As they are.
void printBytes(const QByteArray &bytes);
/// Canonical JSON on stdout.
void printJson(const QJsonObject &object);
/// Rows in aligned columns on stdout; the first row is the heading. On a terminal they are cut to its width.
void printTable(const QList<QStringList> &rows);
/// One line on stderr.
void say(const QList<Piece> &pieces, int indent = 0);
void say(const QString &line);
/// On stderr without the end of the line, for an answer behind it.
void ask(const QString &question);
/// After everything else: the exit code, or that of a failure when something on stdout was lost, which it says.
int finishOutput(int code);

/// Says `flowctl: <error>` and returns the exit code that belongs to its kind.
int fail(const Error &error);
int fail(const QList<Error> &errors);
/// Says what is wrong with the command line and where help is.
int misuse(const QString &text, const QString &command);

} // namespace flow::cli
