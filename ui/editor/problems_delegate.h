// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"

#include <QStyledItemDelegate>

namespace flow {

/// Paints an issue: sign, sentence, place, and the fix as a link at the end of the row. GUI thread.
class ProblemsDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    ProblemsDelegate(const Look *look, QObject *parent);

    /// Where the fix of this row is painted; empty when it has none.
    QRect fixRect(const QRect &row, const QModelIndex &index) const;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;

Q_SIGNALS:
    void fixClicked(int row);
    void rowClicked(int row);

private:
    const Look *m_look;
};

} // namespace flow
