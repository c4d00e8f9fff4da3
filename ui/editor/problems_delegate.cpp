// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/problems_delegate.h"

#include "editor/problems_model.h"
#include "look/painting.h"

#include <QMouseEvent>
#include <QPainter>

#include <cmath>

namespace flow {
namespace {

constexpr int signWidth = 16;
constexpr int fixPadding = 8;

} // namespace

ProblemsDelegate::ProblemsDelegate(const Look *look, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_look(look)
{
}

QRect ProblemsDelegate::fixRect(const QRect &row, const QModelIndex &index) const
{
    const QString label = index.data(ProblemsModel::FixLabelRole).toString();
    if (label.isEmpty())
        return {};
    const int width = int(std::ceil(tabularWidth(m_look->font(Look::Text::Small), label))) + 2 * fixPadding;
    return QRect(row.right() - measure::space2 - width, row.center().y() - 11, width, measure::target);
}

QSize ProblemsDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return QSize(option.rect.width(), measure::row);
}

void ProblemsDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    paintRow(painter, *m_look, option);
    QRectF rect = QRectF(option.rect).adjusted(measure::space3, 0, -measure::space3, 0);
    const bool error = index.data(ProblemsModel::IsErrorRole).toBool();
    paintIcon(painter, *m_look, QRectF(rect.left(), rect.top(), signWidth, rect.height()),
              error ? QStringLiteral("error") : QStringLiteral("warning"), error ? Role::Failure : Role::Warning);
    rect.setLeft(rect.left() + signWidth + measure::space2);

    const QRect fix = fixRect(option.rect, index);
    if (!fix.isEmpty()) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(m_look->color(Role::Line), 1));
        painter->setBrush(m_look->color(Role::Panel));
        painter->drawRoundedRect(QRectF(fix).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
        painter->setFont(m_look->font(Look::Text::Small));
        painter->setPen(m_look->color(Role::Accent));
        paintText(painter, fix, Qt::AlignHCenter, index.data(ProblemsModel::FixLabelRole).toString());
        rect.setRight(fix.left() - measure::space3);
    }

    painter->setFont(m_look->font(Look::Text::Small));
    const QString place = index.data(ProblemsModel::PlaceTextRole).toString();
    double placeWidth = tabularWidth(painter->font(), place);
    painter->setFont(m_look->font(Look::Text::Body));
    painter->setPen(m_look->color(Role::Text));
    const QString sentence = index.data().toString();
    // The sentence names the place itself: it goes first where there is not room for both.
    const double width = std::min(tabularWidth(painter->font(), sentence), rect.width());
    placeWidth = std::min(placeWidth, rect.width() - width - measure::space3);
    paintText(painter, QRectF(rect.left(), rect.top(), width, rect.height()), Qt::AlignLeft, sentence);
    if (placeWidth < 40) {
        painter->restore();
        return;
    }
    painter->setFont(m_look->font(Look::Text::Small));
    painter->setPen(m_look->color(Role::Muted));
    paintText(painter, QRectF(rect.left() + width + measure::space3, rect.top(), placeWidth, rect.height()),
              Qt::AlignLeft, place);
    painter->restore();
}

bool ProblemsDelegate::editorEvent(QEvent *event, QAbstractItemModel *, const QStyleOptionViewItem &option,
                                   const QModelIndex &index)
{
    if (event->type() != QEvent::MouseButtonRelease)
        return false;
    const auto *mouse = static_cast<QMouseEvent *>(event);
    if (mouse->button() != Qt::LeftButton)
        return false;
    if (fixRect(option.rect, index).contains(mouse->pos()))
        Q_EMIT fixClicked(index.row());
    else
        Q_EMIT rowClicked(index.row());
    return true;
}

} // namespace flow
