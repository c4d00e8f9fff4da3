// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/canvas/canvas_item.h"
#include "editor/canvas/card_geometry.h"
#include "model/execution_trace.h"
#include "model/issue.h"
#include "model/task_type.h"

namespace flow {

/// Everything a card shows. A value: the item repaints only when it differs.
struct CardContent
{
    Task task;
    TaskType type; ///< name only when it is not registered
    bool isKnownType = true;
    QList<Port> ports;
    QString runsWhen;     ///< of the failure and the final task, which no wire has to lead to; else empty
    QStringList problems; ///< texts of the task's issues
    bool hasError = false;
    std::optional<QString> breakpoint; ///< its expression, empty where it always holds; nothing: there is none
    std::optional<TaskTrace> trace;    ///< nothing: no execution is shown
    bool runIsOver = false;            ///< what is still pending then will never run
    bool isNext = false;               ///< the execution is paused, and this is what comes next
    QString whyPaused;                 ///< where it comes next: for people
    QString deadEnd;                   ///< the task was done, but the execution failed behind it: why

    bool operator==(const CardContent &) const = default;
};

/// A task as a card: kind, name, type and detail, state with time. The scene places it.
class TaskItem final : public CanvasItem
{
public:
    TaskItem(const QString &name, const Look *look);

    CanvasKind kind() const override { return CanvasKind::Task; }
    const QString &name() const { return m_name; }
    QSizeF size() const { return m_size; }
    QRectF cardRect() const { return {QPointF(), m_size}; }
    QRectF sceneCard() const { return cardRect().translated(pos()); }
    QRectF nameRect() const;

    /// True when size or ports changed, so that wires have to follow.
    bool setContent(const CardContent &content);
    const CardContent &content() const { return m_content; }
    void setAngle(int degrees); ///< of the ring of a running task

    /// Whether a click at this scene position sets or removes a breakpoint.
    bool isBreakpointSpot(QPointF scenePosition) const;

    QPointF inputPort() const { return pos() + QPointF(0, inputY); }
    QPointF outputPort(qsizetype index) const;
    /// The port under a scene position, with its hit radius; -1: none.
    qsizetype portAt(QPointF scenePosition) const;
    /// While somebody drags a wire: this card could take it.
    void setTarget(bool target);

    QRectF boundingRect() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;
    QString toolTipAt(QPointF itemPosition) const override;

private:
    QString m_name;
    CardContent m_content;
    QSizeF m_size;
    int m_angle = 0;
    bool m_target = false;
};

} // namespace flow
