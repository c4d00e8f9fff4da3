// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"

#include <QLineEdit>

namespace flow {

/// A line to search in a list: Escape empties it, Down and Up go to the list's rows, Enter takes the current one. GUI
/// thread.
class SearchField : public QLineEdit
{
    Q_OBJECT

public:
    SearchField(const Look *look, const QString &placeholder, QWidget *parent = nullptr);

Q_SIGNALS:
    void stepped(int rows); ///< Down: 1, Up: -1
    void accepted();        ///< Enter

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace flow
