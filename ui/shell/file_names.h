// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace flow {

/// A file name made of a flow's name that every system takes: `Monthly report.flow.json`.
QString fileNameFor(const QString &flowName, const QString &ending);

} // namespace flow
