// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"

#include <QListView>

namespace flow {

/// The palette's rows: tiles with titles, headings between them; a dragged row looks like the card it will become.
/// GUI thread.
class PaletteList : public QListView
{
    Q_OBJECT

public:
    explicit PaletteList(const Look *look, QWidget *parent = nullptr);

    /// What follows the pointer while `index` is dragged.
    QPixmap dragPicture(const QModelIndex &index) const;

Q_SIGNALS:
    void taken(const QModelIndex &index); ///< double-click or Enter

protected:
    void startDrag(Qt::DropActions actions) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;

private:
    const Look *m_look;
};

} // namespace flow
