// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"

#include <QStyledItemDelegate>

namespace flow {

/// Paints a cell of the history: state with sign, word and colour, numbers that line up, and Stop at the end of a run
/// that has not ended. GUI thread.
class HistoryDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    HistoryDelegate(const Look *look, QObject *parent);

    /// Where Stop is painted in the last cell of a running row; empty elsewhere.
    QRect stopRect(const QRect &cell, const QModelIndex &index) const;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;

Q_SIGNALS:
    void stopClicked(int row);

private:
    const Look *m_look;
};

} // namespace flow
