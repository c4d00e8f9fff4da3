// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/command_delegate.h"

#include "look/painting.h"

#include <QPainter>

namespace flow {

CommandDelegate::CommandDelegate(Look *look, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_look(look)
{
}

QSize CommandDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {200, measure::row};
}

void CommandDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    paintRow(painter, *m_look, option);
    QRectF row = QRectF(option.rect).adjusted(measure::space2, 0, -measure::space2, 0);
    if (const QString icon = index.data(IconRole).toString(); !icon.isEmpty())
        paintIcon(painter, *m_look, QRectF(row.left(), row.top(), 16, row.height()), icon, Role::Muted);
    row.setLeft(row.left() + 16 + measure::space2);

    const QFont small = m_look->font(Look::Text::Small);
    const QString detail = index.data(DetailRole).toString();
    const QString group = index.data(GroupRole).toString();
    const QString right = detail.isEmpty() ? group : group + QStringLiteral("  ·  ") + detail;
    painter->setFont(small);
    painter->setPen(m_look->color(Role::Muted));
    painter->drawText(row, Qt::AlignVCenter | Qt::AlignRight, right);

    row.setRight(row.right() - QFontMetricsF(small).horizontalAdvance(right) - measure::space3);
    const QFont body = m_look->font(Look::Text::Body);
    painter->setFont(body);
    painter->setPen(m_look->color(option.state & QStyle::State_Enabled ? Role::Text : Role::Muted));
    painter->drawText(
        row, Qt::AlignVCenter | Qt::AlignLeft,
        QFontMetricsF(body).elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight, row.width()));
    painter->restore();
}

} // namespace flow
