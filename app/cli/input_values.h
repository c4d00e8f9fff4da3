// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/breakpoint.h"

#include <QByteArray>
#include <QCommandLineOption>
#include <QJsonObject>
#include <QStringList>

namespace flow::cli {

/// What messages call an input file: `-` is stdin.
QString inputName(const QString &file);
/// NotFound when there is no such file; Io for a folder.
Result<void> mustBeFile(const QString &file);
/// All of a file, `-` being stdin; of one that is too large only a little more than what can be read as JSON.
Result<QByteArray> readInput(const QString &file);
/// Says why a file could not be read and returns the exit code: a folder in a file's place is wrong usage.
int failToRead(const Error &error);
/// `k=v` pairs over the object of a JSON file (null: none). A value that is JSON is taken as such, anything else as
/// text. The pairs must have a name.
Result<QJsonObject> inputContext(const QStringList &pairs, const QString &jsonFile);

/// `TASK`, `TASK=EXPRESSION`, `condition:NAME` or `condition:NAME=EXPRESSION` each.
Result<QList<Breakpoint>> breakpointsOf(const QStringList &texts);
QCommandLineOption breakpointOption();

} // namespace flow::cli
