// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace flow::cel {

/// The known name that `name` was likely meant to be; null when none is close.
QString closest(const QString &name, const QStringList &known);

/// `; did you mean "count"?` or nothing.
QString didYouMean(const QString &name, const QStringList &known);

} // namespace flow::cel
