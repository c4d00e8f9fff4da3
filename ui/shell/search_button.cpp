// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/search_button.h"

#include "look/painting.h"

#include <QAction>
#include <QPainter>

namespace flow {

SearchButton::SearchButton(QAction *action, const Look *look, QWidget *parent)
    : QAbstractButton(parent)
    , m_action(action)
    , m_look(look)
{
    setObjectName(QStringLiteral("searchButton"));
    setText(tr("Search everything"));
    setAccessibleName(text());
    setToolTip(action->toolTip());
    setCursor(Qt::IBeamCursor);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, action, &QAction::trigger);
    connect(look, &Look::changed, this, qOverload<>(&QWidget::update));
}

QSize SearchButton::sizeHint() const
{
    return {224, measure::control};
}

QSize SearchButton::minimumSizeHint() const
{
    return {measure::control, measure::control};
}

void SearchButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_look->color(hasFocus() ? Role::Accent : underMouse() ? Role::Idle : Role::Line));
    painter.setBrush(m_look->color(Role::Field));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), measure::controlRadius,
                            measure::controlRadius);

    QRectF row = QRectF(rect()).adjusted(measure::space2, 0, -measure::space2, 0);
    paintIcon(&painter, *m_look, QRectF(row.left(), row.top(), 16, row.height()), QStringLiteral("search"), Role::Muted,
              14);
    row.setLeft(row.left() + 16 + measure::space1);
    painter.setPen(m_look->color(Role::Muted));
    const QFont small = m_look->font(Look::Text::Small);
    const QString keys = m_action->shortcut().toString(QKeySequence::NativeText);
    const double keysWidth = QFontMetricsF(small).horizontalAdvance(keys);
    const QFont body = m_look->font(Look::Text::Body);
    if (row.width() > keysWidth + QFontMetricsF(body).horizontalAdvance(text())) {
        painter.setFont(small);
        painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, keys);
        row.setRight(row.right() - keysWidth - measure::space2);
    }
    painter.setFont(body);
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetricsF(body).elidedText(text(), Qt::ElideRight, row.width()));
}

} // namespace flow
