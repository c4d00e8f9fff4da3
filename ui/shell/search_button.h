// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"

#include <QAbstractButton>

class QAction;

namespace flow {

/// Looks like a search field in the tool bar and opens the search over everything. GUI thread.
class SearchButton : public QAbstractButton
{
    Q_OBJECT

public:
    SearchButton(QAction *action, const Look *look, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QAction *m_action;
    const Look *m_look;
};

} // namespace flow
