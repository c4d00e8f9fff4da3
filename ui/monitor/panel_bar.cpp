// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/panel_bar.h"

#include "look/small_widgets.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace flow {

PanelBar::PanelBar(const Look *look, QWidget *parent)
    : QWidget(parent)
    , m_look(look)
    , m_title(new QLabel(this))
    , m_layout(new QHBoxLayout(this))
{
    setTone(m_title, Tone::Muted);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_layout->setContentsMargins(measure::space3, measure::space1, measure::space2, measure::space1);
    m_layout->setSpacing(measure::space2);
    m_layout->addWidget(m_title, 1);
    setFixedHeight(measure::control + 2 * measure::space1);
}

void PanelBar::setTitle(const QString &text)
{
    m_title->setText(text);
    m_title->setToolTip(text);
}

void PanelBar::add(QWidget *widget, int stretch)
{
    m_layout->addWidget(widget, stretch);
}

QToolButton *PanelBar::addButton(const QString &icon, const QString &tip)
{
    auto *button = new QToolButton(this);
    button->setIcon(m_look->icon(icon, Role::Muted));
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    m_layout->addWidget(button);
    return button;
}

} // namespace flow
