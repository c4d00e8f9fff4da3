// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/growing_edit.h"

#include <QScrollBar>
#include <QTextBlock>
#include <QWheelEvent>

namespace flow {

GrowingEdit::GrowingEdit(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(document(), &QTextDocument::contentsChanged, this, &GrowingEdit::fitHeight);
    fitHeight();
}

void GrowingEdit::setLines(int least, int most)
{
    m_least = least;
    m_most = most;
    fitHeight();
}

void GrowingEdit::fitHeight()
{
    int lines = 0;
    for (QTextBlock block = document()->begin(); block.isValid() && lines < m_most; block = block.next())
        lines += std::max(1, block.layout() ? block.layout()->lineCount() : 1);
    setVerticalScrollBarPolicy(lines >= m_most ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    lines = std::clamp(lines, m_least, m_most);
    const int frame = 2 * (4 + int(document()->documentMargin()));
    const int height = std::max(30, lines * fontMetrics().lineSpacing() + frame);
    if (height != this->height() || minimumHeight() != height)
        setFixedHeight(height);
}

void GrowingEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    fitHeight();
}

void GrowingEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitHeight();
}

void GrowingEdit::wheelEvent(QWheelEvent *event)
{
    // A field that shows all of itself leaves the wheel to the form around it.
    if (verticalScrollBar()->maximum() > 0 && hasFocus())
        QPlainTextEdit::wheelEvent(event);
    else
        event->ignore();
}

} // namespace flow
