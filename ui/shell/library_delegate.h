// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"

#include <QStyledItemDelegate>

namespace flow {

/// Paints a flow of the library on one row: sign of its last result, name, when. GUI thread.
class LibraryDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit LibraryDelegate(Look *look, QObject *parent = nullptr);

    void setOpenFlow(const QString &id) { m_openFlow = id; } ///< shown in semibold

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override;

private:
    Look *m_look;
    QString m_openFlow;
};

} // namespace flow
