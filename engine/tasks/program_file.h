// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

namespace flow {

/// The absolute path of a folder to work in; the current one for an empty text. Fails when one cannot work there.
Result<QString> workingFolder(const QString &folder);

/// The absolute path of the file that `program` means: a path with a slash counts from `folder`, a bare name is looked
/// for in the folders of `searchPath` (as in PATH). Fails, naming the program and why, when there is none to execute.
Result<QString> programFile(const QString &program, const QString &folder, const QString &searchPath);

} // namespace flow
