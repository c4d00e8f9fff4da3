// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

namespace flow::cel {

/// Whether `part` stands anywhere in `text`, in time that grows with the sum of their lengths. That of
/// QString::contains grows with their product where they repeat themselves.
bool isPartOf(QStringView part, QStringView text);

} // namespace flow::cel
