// SPDX-License-Identifier: GPL-3.0-or-later
#include "look/status_bar.h"

#include <QPainter>
#include <QStyleOption>

#include <algorithm>

namespace flow {

QRect StatusBar::messageRect() const
{
    QRect free = contentsRect(); // of what stays
    QRect given;                 // by what gives way
    for (const QWidget *widget : findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly)) {
        if (!widget->isVisible())
            given |= widget->geometry();
        else if (isLeftToRight())
            free.setRight(std::min(free.right(), widget->x()));
        else
            free.setLeft(std::max(free.left(), widget->geometry().right()));
    }
    if (isLeftToRight())
        free.setLeft(std::max(free.left(), given.left()));
    else if (given.isValid())
        free.setRight(std::min(free.right(), given.right()));
    return free;
}

void StatusBar::paintEvent(QPaintEvent *event)
{
    if (currentMessage().isEmpty())
        return QStatusBar::paintEvent(event);
    QPainter painter(this);
    QStyleOption option;
    option.initFrom(this);
    style()->drawPrimitive(QStyle::PE_PanelStatusBar, &option, &painter, this);
    const QRect rect = messageRect();
    painter.setPen(palette().color(QPalette::WindowText));
    const Qt::Alignment place = QStyle::visualAlignment(layoutDirection(), Qt::AlignLeading | Qt::AlignVCenter);
    painter.drawText(rect, int(place) | Qt::TextSingleLine,
                     fontMetrics().elidedText(currentMessage(), Qt::ElideRight, rect.width()));
}

} // namespace flow
