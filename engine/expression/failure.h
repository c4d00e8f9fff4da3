// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

namespace flow::cel {

/// What is wrong in an expression, and where: an index into its text.
struct Failure
{
    qsizetype offset = 0;
    QString reason;
};

/// BadExpression: `column 7: ...`, in a text of several lines `line 2, column 7: ...`.
Error toError(const Failure &failure, const QString &text);

} // namespace flow::cel
