// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace flow {

/// The line above the content of a panel: what is shown on the left, filters and buttons on the right. GUI thread.
class PanelBar : public QWidget
{
    Q_OBJECT

public:
    explicit PanelBar(const Look *look, QWidget *parent = nullptr);

    void setTitle(const QString &text);
    void add(QWidget *widget, int stretch = 0);
    QToolButton *addButton(const QString &icon, const QString &tip);

private:
    const Look *m_look;
    QLabel *m_title;
    QHBoxLayout *m_layout;
};

} // namespace flow
