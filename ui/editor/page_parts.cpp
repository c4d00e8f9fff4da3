// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/page_parts.h"

#include "look/small_widgets.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace flow {

namespace {

void collect(QWidget *widget, QList<QWidget *> *order);

void collect(const QLayout *layout, QList<QWidget *> *order)
{
    for (int index = 0; index < layout->count(); ++index) {
        QLayoutItem *item = layout->itemAt(index);
        if (QWidget *widget = item->widget())
            collect(widget, order);
        else if (const QLayout *inner = item->layout())
            collect(inner, order);
    }
}

void collect(QWidget *widget, QList<QWidget *> *order)
{
    if (widget->isHidden())
        return;
    if (widget->focusProxy()) { // Qt moves such a widget with all that is in it
        order->append(widget);
        return;
    }
    if (widget->focusPolicy() & Qt::TabFocus)
        order->append(widget);
    if (const auto *scroll = qobject_cast<QScrollArea *>(widget)) {
        collect(scroll->widget(), order);
    } else if (const auto *tabs = qobject_cast<QTabWidget *>(widget)) {
        order->append(tabs->tabBar());
        if (QWidget *current = tabs->currentWidget())
            collect(current, order);
    } else if (const QLayout *layout = widget->layout()) {
        collect(layout, order);
    }
}

} // namespace

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
    scroll->setFocusPolicy(Qt::NoFocus); // its fields have it
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

void tabInLayoutOrder(QWidget *page)
{
    QList<QWidget *> order;
    collect(page, &order);
    for (qsizetype index = 1; index < order.size(); ++index)
        QWidget::setTabOrder(order[index - 1], order[index]);
}

} // namespace flow
