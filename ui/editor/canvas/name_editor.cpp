// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/canvas/name_editor.h"

#include <QKeyEvent>
#include <QToolTip>

namespace flow {

NameEditor::NameEditor(FlowDocument *document, const QString &task, QWidget *parent)
    : QLineEdit(task, parent)
    , m_document(document)
    , m_task(task)
{
    setObjectName(QStringLiteral("nameEditor"));
    setMaxLength(100);
    setAccessibleName(tr("Name of the task"));
    selectAll();
}

bool NameEditor::take()
{
    const Result<void> renamed = m_document->renameTask(m_task, text());
    if (renamed)
        return true;
    setProperty("invalid", true);
    setToolTip(renamed.error().reason);
    QToolTip::showText(mapToGlobal(QPoint(0, height())), renamed.error().reason, this);
    Q_EMIT refused(renamed.error().reason);
    return false;
}

void NameEditor::leave()
{
    if (m_left)
        return;
    m_left = true;
    hide();
    deleteLater();
    Q_EMIT done();
}

void NameEditor::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        leave();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (take())
            leave();
        return;
    default:
        QLineEdit::keyPressEvent(event);
    }
}

void NameEditor::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    if (!m_left && event->reason() != Qt::PopupFocusReason) {
        // A refused name is given up here: nobody is looking at the field any more.
        (void)m_document->renameTask(m_task, text());
        leave();
    }
}

} // namespace flow
