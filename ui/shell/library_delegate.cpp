// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/library_delegate.h"

#include "look/format.h"
#include "shell/library_model.h"

#include <QLineEdit>
#include <QPainter>

namespace flow {

namespace {

constexpr int sign = 16;

/// The longest name of a flow.
constexpr int maxName = 255;

} // namespace

LibraryDelegate::LibraryDelegate(Look *look, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_look(look)
{
}

QSize LibraryDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {120, measure::row};
}

void LibraryDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    const bool selected = option.state & QStyle::State_Selected;
    if (selected)
        painter->fillRect(option.rect, m_look->color(Role::AccentTint));
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, m_look->color(Role::IdleTint));
    if (option.state & QStyle::State_HasFocus && selected) {
        painter->setPen(m_look->color(Role::Accent));
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }

    QRect row = option.rect.adjusted(measure::space3, 0, -measure::space3, 0);
    const QVariant status = index.data(LibraryModel::StatusRole);
    const StateLook state = status.isNull() ? StateLook{{}, QStringLiteral("ring"), Role::Idle}
                                            : look(static_cast<ExecutionStatus>(status.toInt()));
    painter->drawPixmap(row.left(), row.center().y() - sign / 2 + 1,
                        m_look->pixmap(state.icon, state.role, sign, painter->device()->devicePixelRatioF()));
    row.setLeft(row.left() + sign + measure::space2);

    const QString when = index.data(LibraryModel::WhenRole).toString();
    const QFont small = m_look->font(Look::Text::Small);
    painter->setFont(small);
    painter->setPen(m_look->color(Role::Muted));
    painter->drawText(row, Qt::AlignVCenter | Qt::AlignRight, when);

    row.setRight(row.right() - QFontMetrics(small).horizontalAdvance(when) - measure::space2);
    const bool open = index.data(LibraryModel::IdRole).toString() == m_openFlow;
    const QFont font = m_look->font(open ? Look::Text::BodyStrong : Look::Text::Body);
    painter->setFont(font);
    painter->setPen(m_look->color(Role::Text));
    const QString name = index.data(Qt::DisplayRole).toString();
    painter->drawText(row, Qt::AlignVCenter | Qt::AlignLeft,
                      QFontMetrics(font).elidedText(name, Qt::ElideRight, row.width()));
    painter->restore();
}

QWidget *LibraryDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &) const
{
    auto *editor = new QLineEdit(parent);
    editor->setMaxLength(maxName);
    return editor;
}

void LibraryDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                           const QModelIndex &) const
{
    editor->setGeometry(option.rect.adjusted(measure::space3 + sign, 1, -measure::space2, -1));
}

} // namespace flow
