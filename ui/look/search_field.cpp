// SPDX-License-Identifier: GPL-3.0-or-later
#include "look/search_field.h"

#include <QAction>
#include <QKeyEvent>

namespace flow {

SearchField::SearchField(const Look *look, const QString &placeholder, QWidget *parent)
    : QLineEdit(parent)
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    addAction(look->icon(QStringLiteral("search"), Role::Muted), QLineEdit::LeadingPosition);
    setClearButtonEnabled(true);
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        if (text().isEmpty())
            break;
        clear();
        return;
    case Qt::Key_Down:
        Q_EMIT stepped(1);
        return;
    case Qt::Key_Up:
        Q_EMIT stepped(-1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT accepted();
        return;
    default:
        break;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace flow
