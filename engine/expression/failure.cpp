// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/failure.h"

#include "expression/value_text.h"

#include <QCoreApplication>

namespace flow::cel {

Error toError(const Failure &failure, const QString &text)
{
    const QStringView before = QStringView(text).first(std::clamp<qsizetype>(failure.offset, 0, text.size()));
    const qsizetype line = before.count(u'\n') + 1;
    const qsizetype column = countCodePoints(before.sliced(before.lastIndexOf(u'\n') + 1)) + 1;
    const QString reason =
        text.contains(u'\n')
            ? QCoreApplication::translate("Expression", "line %1, column %2: %3")
                  .arg(line)
                  .arg(column)
                  .arg(failure.reason)
            : QCoreApplication::translate("Expression", "column %1: %2").arg(column).arg(failure.reason);
    return Error{.code = ErrorCode::BadExpression, .reason = reason};
}

} // namespace flow::cel
