// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"

#include <QStyledItemDelegate>

namespace flow {

/// Paints a line of the log: time, sign, task, text. A click on the task's name is told. GUI thread.
class LogDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    LogDelegate(const Look *look, QObject *parent);

    QRect taskRect(const QRect &row) const;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;

Q_SIGNALS:
    void taskClicked(const QString &task);

private:
    const Look *m_look;
    double m_timeWidth;
};

} // namespace flow
