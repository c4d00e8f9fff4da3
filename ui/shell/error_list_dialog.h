// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QDialog>

namespace flow {

class Look;

/// Everything that is wrong with a document, all at once, to read and to copy. GUI thread.
class ErrorListDialog : public QDialog
{
    Q_OBJECT

public:
    /// `text` says what could not be done and to what; `advice` what to do.
    ErrorListDialog(const QString &text, const QString &advice, const QStringList &problems, Look *look,
                    QWidget *parent);

    static QStringList linesOf(const QList<Error> &errors);
};

} // namespace flow
