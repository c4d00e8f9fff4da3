// SPDX-License-Identifier: GPL-3.0-or-later
#include "look/elided_label.h"

#include <QEvent>
#include <QResizeEvent>

#include <utility>

namespace flow {

QString toolTipOf(const QString &text)
{
    if (text.isEmpty())
        return {};
    return QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")));
}

ElidedLabel::ElidedLabel(QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

void ElidedLabel::setWhole(const QString &text)
{
    if (text == m_whole)
        return;
    m_whole = text;
    setAccessibleName(text);
    updateGeometry();
    fit();
}

void ElidedLabel::setHint(const QString &hint)
{
    m_hint = hint;
    fit();
}

void ElidedLabel::fit()
{
    const QString line = m_whole.simplified();
    const QMargins margins = contentsMargins();
    const QString shown = fontMetrics().elidedText(line, Qt::ElideRight, width() - margins.left() - margins.right());
    if (shown != text())
        setText(shown);
    const bool elided = shown != line;
    setToolTip(toolTipOf(elided ? m_whole : m_hint));
    if (std::exchange(m_elided, elided) != elided)
        Q_EMIT elidedChanged(elided);
}

QSize ElidedLabel::sizeHint() const
{
    const QMargins margins = contentsMargins();
    const int wanted = fontMetrics().horizontalAdvance(m_whole.simplified()) + margins.left() + margins.right();
    return {wanted, QLabel::sizeHint().height()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {0, QLabel::minimumSizeHint().height()};
}

void ElidedLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    fit();
}

void ElidedLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fit();
}

} // namespace flow
