// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/palette_model.h"
#include "look/look.h"

#include <QFrame>

class QLineEdit;
class QListView;

namespace flow {

/// A small list of task types at the mouse: type a few letters, Enter. Closes and deletes itself. GUI thread.
class QuickTaskMenu final : public QFrame
{
    Q_OBJECT

public:
    QuickTaskMenu(const TaskTypes *types, Look *look, QWidget *parent);

    /// Opens with its corner there, moved where it would leave the screen.
    void openAt(QPoint globalPosition);

Q_SIGNALS:
    void chosen(const QString &typeName);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void search(const QString &text);
    void choose(const QModelIndex &index);
    void step(int by);

    PaletteModel m_model;
    QLineEdit *m_search;
    QListView *m_list;
};

} // namespace flow
