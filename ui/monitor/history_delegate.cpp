// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/history_delegate.h"

#include "look/painting.h"
#include "monitor/history_model.h"

#include <QMouseEvent>
#include <QPainter>

#include <cmath>

namespace flow {
namespace {

QString stopText()
{
    return HistoryDelegate::tr("Stop");
}

} // namespace

HistoryDelegate::HistoryDelegate(const Look *look, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_look(look)
{
}

QRect HistoryDelegate::stopRect(const QRect &cell, const QModelIndex &index) const
{
    if (index.column() != HistoryModel::Message || !index.data(HistoryModel::IsRunningRole).toBool())
        return {};
    const int width = int(std::ceil(tabularWidth(m_look->font(Look::Text::Small), stopText()))) + 34;
    return QRect(cell.right() - measure::space2 - width, cell.center().y() - 11, width, measure::target);
}

void HistoryDelegate::paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const
{
    QStyleOptionViewItem option = given;
    option.state.setFlag(QStyle::State_HasFocus, false); // the row is chosen, not the cell
    painter->save();
    paintRow(painter, *m_look, option);
    QRectF rect = QRectF(option.rect).adjusted(measure::space3, 0, -measure::space3, 0);
    const Role role = Role(index.data(HistoryModel::ColorRole).toInt());
    const QString icon = index.data(HistoryModel::IconRole).toString();
    if (!icon.isEmpty()) {
        paintIcon(painter, *m_look, QRectF(rect.left(), rect.top(), 16, rect.height()), icon, role, 14);
        rect.setLeft(rect.left() + 16 + measure::space2);
    }
    const QRect stop = stopRect(option.rect, index);
    if (!stop.isEmpty()) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(m_look->color(Role::Line), 1));
        painter->setBrush(m_look->color(Role::Panel));
        painter->drawRoundedRect(QRectF(stop).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
        paintIcon(painter, *m_look, QRectF(stop.left() + 7, stop.top(), 14, stop.height()), QStringLiteral("stop"),
                  Role::Failure, 12);
        painter->setFont(m_look->font(Look::Text::Small));
        painter->setPen(m_look->color(Role::Failure));
        paintText(painter, QRectF(stop).adjusted(25, 0, -4, 0), Qt::AlignLeft, stopText());
        rect.setRight(stop.left() - measure::space2);
    }
    painter->setFont(m_look->font(Look::Text::Body));
    painter->setPen(m_look->color(role));
    paintText(painter, rect, Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt()), index.data().toString());
    painter->restore();
}

bool HistoryDelegate::editorEvent(QEvent *event, QAbstractItemModel *, const QStyleOptionViewItem &option,
                                  const QModelIndex &index)
{
    if (event->type() != QEvent::MouseButtonRelease && event->type() != QEvent::MouseButtonDblClick)
        return false;
    const auto *mouse = static_cast<QMouseEvent *>(event);
    if (mouse->button() != Qt::LeftButton || !stopRect(option.rect, index).contains(mouse->pos()))
        return false;
    if (event->type() == QEvent::MouseButtonRelease)
        Q_EMIT stopClicked(index.row());
    return true;
}

} // namespace flow
