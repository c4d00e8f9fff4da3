// SPDX-License-Identifier: GPL-3.0-or-later
#include "look/title_edit.h"

#include <QPainter>
#include <QStyleOptionFrame>

namespace flow {

QRect TitleEdit::textRect() const
{
    constexpr int margin = 2; // what QLineEdit leaves beside its text
    QStyleOptionFrame option;
    initStyleOption(&option);
    return style()->subElementRect(QStyle::SE_LineEditContents, &option, this).adjusted(margin, 0, -margin, 0);
}

QString TitleEdit::shownText() const
{
    return hasFocus() ? text() : fontMetrics().elidedText(text(), Qt::ElideRight, textRect().width());
}

void TitleEdit::paintEvent(QPaintEvent *event)
{
    const QString shown = shownText();
    if (shown == text())
        return QLineEdit::paintEvent(event);
    QStyleOptionFrame option;
    initStyleOption(&option);
    QPainter painter(this);
    style()->drawPrimitive(QStyle::PE_PanelLineEdit, &option, &painter, this);
    painter.setPen(palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::Text));
    painter.drawText(textRect(), int(Qt::AlignLeft | Qt::AlignVCenter), shown);
}

} // namespace flow
