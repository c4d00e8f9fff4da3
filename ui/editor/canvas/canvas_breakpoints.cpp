// SPDX-License-Identifier: GPL-3.0-or-later
// Breakpoints on the canvas: how they are drawn, and how they are set with the mouse.
#include "editor/canvas/breakpoint_popup.h"
#include "editor/canvas/canvas_state.h"
#include "editor/canvas/card_painter.h"
#include "editor/canvas/far_names.h"

#include <QCoreApplication>
#include <QPainter>

namespace flow {

namespace {

void paintEquals(QPainter &painter, const Look &look, QPointF centre, double reach)
{
    painter.setPen(QPen(look.color(Role::Canvas), reach / 2, Qt::SolidLine, Qt::FlatCap));
    for (const double y : {-reach * 0.56, reach * 0.56})
        painter.drawLine(centre + QPointF(-reach, y), centre + QPointF(reach, y));
}

} // namespace

BreakpointList *CanvasView::breakpoints() const
{
    return &m_state->breakpoints;
}

void CanvasView::editBreakpoint(const Breakpoint &place, QPoint globalPosition)
{
    (new BreakpointPopup(&m_state->breakpoints, place, m_state->scene.look(), this))->popup(globalPosition);
}

bool CanvasView::toggleBreakpointAt(QPointF position)
{
    const CanvasItem *item = m_state->scene.itemUnder(position);
    if (!item || item->kind() != CanvasKind::Task || zoom() < nameOnlyZoom)
        return false;
    const auto *task = static_cast<const TaskItem *>(item);
    if (!task->isBreakpointSpot(position))
        return false;
    m_state->breakpoints.toggle({.task = task->name(), .condition = {}, .when = {}});
    return true;
}

void paintBreakpoint(QPainter &painter, const Look &look, QPointF centre, const std::optional<QString> &breakpoint)
{
    if (!breakpoint) {
        QColor faint = look.color(Role::Failure);
        faint.setAlphaF(0.6f);
        painter.setPen(QPen(faint, 1.5));
        painter.setBrush(look.color(Role::Card));
        painter.drawEllipse(centre, breakpointRadius - 2, breakpointRadius - 2);
        return;
    }
    painter.setPen(QPen(look.color(Role::Canvas), 2));
    painter.setBrush(look.color(Role::Failure));
    painter.drawEllipse(centre, breakpointRadius, breakpointRadius);
    if (!breakpoint->isEmpty())
        paintEquals(painter, look, centre, 3.2);
}

void paintWireBreakpoint(QPainter &painter, const Look &look, QPointF centre, const QString &when)
{
    painter.setPen(QPen(look.color(Role::Failure), 1));
    painter.setBrush(look.color(Role::Canvas));
    painter.drawEllipse(centre, 6.5, 6.5);
    painter.setPen(Qt::NoPen);
    painter.setBrush(look.color(Role::Failure));
    painter.drawEllipse(centre, 4.5, 4.5);
    if (!when.isEmpty())
        paintEquals(painter, look, centre, 2.6);
}

QString breakpointHint(const std::optional<QString> &breakpoint)
{
    const auto text = [](const char *source) { return QCoreApplication::translate("CanvasView", source); };
    if (!breakpoint)
        return text("Click to pause here");
    return breakpoint->isEmpty() ? text("Breakpoint: runs pause here")
                                 : text("Breakpoint: runs pause here when %1").arg(*breakpoint);
}

} // namespace flow
