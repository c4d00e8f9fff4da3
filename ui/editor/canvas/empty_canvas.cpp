// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/canvas/empty_canvas.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace flow {

EmptyCanvas::EmptyCanvas(Look *look, QWidget *parent)
    : QWidget(parent)
    , m_look(look)
{
    setObjectName(QStringLiteral("emptyCanvas"));
    auto *title = new QLabel(tr("This flow has no tasks yet"), this);
    title->setFont(look->font(Look::Text::Title));
    auto *text = new QLabel(tr("Drag a task here from the left, or double-click the canvas."), this);
    text->setObjectName(QStringLiteral("emptyCanvasHint"));
    auto *add = new QPushButton(look->icon(QStringLiteral("plus"), Role::Text), tr("Add a task"), this);
    add->setObjectName(QStringLiteral("addFirstTask"));
    auto *example = new QPushButton(look->icon(QStringLiteral("flow"), Role::Text), tr("Open the example"), this);
    example->setObjectName(QStringLiteral("openExample"));
    connect(add, &QPushButton::clicked, this, &EmptyCanvas::addRequested);
    connect(example, &QPushButton::clicked, this, &EmptyCanvas::exampleRequested);

    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(add);
    buttons->addSpacing(measure::space2);
    buttons->addWidget(example);
    buttons->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(measure::space5, 76, measure::space5, measure::space5);
    column->setSpacing(measure::space2);
    column->addWidget(title, 0, Qt::AlignHCenter);
    column->addWidget(text, 0, Qt::AlignHCenter);
    column->addSpacing(measure::space2);
    column->addLayout(buttons);
    adjustSize();
}

void EmptyCanvas::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.drawPixmap(QPointF(width() / 2.0 - 20, 24),
                       m_look->pixmap(QStringLiteral("flow"), Role::Idle, 40, devicePixelRatioF()));
}

} // namespace flow
