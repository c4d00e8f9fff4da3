// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/page_parts.h"

#include "look/small_widgets.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace flow {

QWidget *newScrollPage(const QList<QWidget *> &parts)
{
    auto *inside = new QWidget;
    auto *layout = new QVBoxLayout(inside);
    layout->setContentsMargins(14, measure::space3, 14, measure::space4);
    layout->setSpacing(measure::space3);
    for (QWidget *part : parts)
        layout->addWidget(part);
    layout->addStretch();
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(inside);
    return scroll;
}

QWidget *newSection(const QString &title)
{
    auto *label = new QLabel(title);
    setTone(label, Tone::Heading);
    label->setContentsMargins(0, measure::space2, 0, 0);
    return label;
}

QWidget *newLabelled(const QString &text, QWidget *control)
{
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3);
    auto *label = new QLabel(text);
    setTone(label, Tone::Muted);
    label->setBuddy(control);
    label->setFixedHeight(18);
    layout->addWidget(label);
    layout->addWidget(control);
    control->setAccessibleName(text);
    return box;
}

} // namespace flow
