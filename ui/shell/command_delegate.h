// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"

#include <QStyledItemDelegate>

namespace flow {

/// Paints one thing that was found: icon, title, what kind it is, shortcut or type. GUI thread.
class CommandDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    enum ItemRole { GroupRole = Qt::UserRole + 1, DetailRole, IconRole, IndexRole };

    explicit CommandDelegate(Look *look, QObject *parent = nullptr);

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    Look *m_look;
};

} // namespace flow
