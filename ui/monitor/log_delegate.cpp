// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/log_delegate.h"

#include "look/painting.h"
#include "monitor/log_model.h"

#include <QMouseEvent>
#include <QPainter>

namespace flow {
namespace {

constexpr int lineHeight = 22;
constexpr int taskWidth = 150;

struct LevelLook
{
    QString icon;
    Role role;
};

LevelLook levelLook(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug:
        return {QString(), Role::Muted};
    case LogLevel::Info:
        return {QString(), Role::Text};
    case LogLevel::Warning:
        return {QStringLiteral("warning"), Role::Warning};
    case LogLevel::Error:
        return {QStringLiteral("error"), Role::Failure};
    }
    return {};
}

} // namespace

LogDelegate::LogDelegate(const Look *look, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_look(look)
    , m_timeWidth(tabularWidth(look->font(Look::Text::Code), QStringLiteral("00:00:00.000")))
{
}

QRect LogDelegate::taskRect(const QRect &row) const
{
    return QRect(row.left() + measure::space3 + int(m_timeWidth) + 36, row.top(), taskWidth, row.height());
}

QSize LogDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return QSize(option.rect.width(), lineHeight);
}

void LogDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    paintRow(painter, *m_look, option);
    const QRectF rect = option.rect;
    const LevelLook level = levelLook(LogLevel(index.data(LogModel::LevelRole).toInt()));
    painter->setFont(m_look->font(Look::Text::Code));
    painter->setPen(m_look->color(Role::Muted));
    paintText(painter, QRectF(rect.left() + measure::space3, rect.top(), m_timeWidth + 2, rect.height()), Qt::AlignLeft,
              index.data(LogModel::TimeRole).toString());
    const QRectF task = taskRect(option.rect);
    if (!level.icon.isEmpty())
        paintIcon(painter, *m_look, QRectF(task.left() - 24, rect.top(), 16, rect.height()), level.icon, level.role,
                  14);
    painter->setFont(m_look->font(Look::Text::Small));
    painter->setPen(m_look->color(Role::Accent));
    paintText(painter, task.adjusted(0, 0, -measure::space2, 0), Qt::AlignLeft,
              index.data(LogModel::TaskRole).toString());
    painter->setPen(m_look->color(level.role));
    paintText(painter,
              QRectF(task.right() + measure::space2, rect.top(), rect.right() - task.right() - measure::space4,
                     rect.height()),
              Qt::AlignLeft, index.data().toString());
    painter->restore();
}

bool LogDelegate::editorEvent(QEvent *event, QAbstractItemModel *, const QStyleOptionViewItem &option,
                              const QModelIndex &index)
{
    if (event->type() != QEvent::MouseButtonRelease)
        return false;
    const auto *mouse = static_cast<QMouseEvent *>(event);
    const QString task = index.data(LogModel::TaskRole).toString();
    if (mouse->button() != Qt::LeftButton || task.isEmpty() || !taskRect(option.rect).contains(mouse->pos()))
        return false;
    Q_EMIT taskClicked(task);
    return true;
}

} // namespace flow
