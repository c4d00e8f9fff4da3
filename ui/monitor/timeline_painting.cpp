// SPDX-License-Identifier: GPL-3.0-or-later
// How the timeline is painted.
#include "look/format.h"
#include "look/painting.h"
#include "monitor/timeline_view.h"

#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace flow {
namespace {

Role barRole(TaskStatus status)
{
    const Role role = look(status).role;
    return role == Role::Muted ? Role::Idle : role;
}

} // namespace

void TimelineView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_look->color(Role::Panel));
    const TimelineScale where = scale();
    painter.setPen(QPen(mixed(m_look->color(Role::Panel), m_look->color(Role::Line), 0.55), 1));
    const double step = where.tickStep();
    const int bottom = rowTop(int(m_timeline.rows().size())) + measure::space1;
    for (double second = 0; second <= where.length; second += step) {
        const double x = std::floor(where.x(second)) + 0.5;
        painter.drawLine(QPointF(x, headerHeight), QPointF(x, bottom));
    }
    const int first = std::max(0, verticalScrollBar()->value() / rowHeight);
    for (int row = first; row < m_timeline.rows().size() && rowTop(row) < viewport()->height(); ++row)
        paintTimelineRow(&painter, where, row);
    paintHeader(&painter, where);
}

void TimelineView::paintHeader(QPainter *painter, const TimelineScale &where) const
{
    const QRectF rect(0, 0, viewport()->width(), headerHeight);
    painter->fillRect(rect, m_look->color(Role::Panel));
    painter->setFont(m_look->font(Look::Text::Small));
    painter->setPen(m_look->color(Role::Muted));
    paintText(painter, QRectF(margin, 0, nameWidth, headerHeight), Qt::AlignLeft, tr("Task"));
    paintText(painter, QRectF(rect.right() - margin - durationWidth, 0, durationWidth, headerHeight), Qt::AlignRight,
              tr("Duration"));
    const double step = where.tickStep();
    for (double second = 0; second <= where.length; second += step) {
        const QString text = tickText(second);
        const double width = tabularWidth(painter->font(), text);
        if (where.x(second) + width < where.left + where.width + 10)
            paintText(painter, QRectF(where.x(second), 0, width + 1, headerHeight), Qt::AlignLeft, text);
    }
}

void TimelineView::paintTimelineRow(QPainter *painter, const TimelineScale &where, int row) const
{
    const QRectF rect(0, rowTop(row), viewport()->width(), rowHeight);
    if (row == m_current && hasFocus())
        painter->fillRect(rect, m_look->color(Role::AccentTint));
    else if (row == m_hovered)
        painter->fillRect(rect, mixed(m_look->color(Role::Panel), m_look->color(Role::Text), 0.04));
    const Timeline::Row &shown = m_timeline.rows()[row];
    const bool running =
        std::any_of(shown.bars.begin(), shown.bars.end(), [](const Timeline::Bar &bar) { return !bar.end; });
    painter->setFont(m_look->font(Look::Text::Body));
    painter->setPen(m_look->color(Role::Text));
    paintText(painter, QRectF(margin, rect.top(), nameWidth, rowHeight), Qt::AlignLeft, shown.task);
    painter->setPen(m_look->color(running ? Role::Accent : Role::Text));
    paintText(painter, QRectF(rect.right() - margin - durationWidth, rect.top(), durationWidth, rowHeight),
              Qt::AlignRight, formatDuration(m_timeline.durationOf(shown, m_now)));
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setClipRect(QRectF(where.left - 1, rect.top(), where.width + 4, rowHeight));
    paintBars(painter, where, row);
    painter->restore();
}

void TimelineView::paintBars(QPainter *painter, const TimelineScale &where, int row) const
{
    const Timeline::Row &shown = m_timeline.rows()[row];
    for (int i = 0; i < shown.bars.size(); ++i) {
        const Timeline::Bar &bar = shown.bars[i];
        const QRectF rect = barRect(row, i);
        if (i > 0 && bar.attempt > 1 && shown.bars[i - 1].end && bar.begin > *shown.bars[i - 1].end) {
            // Waiting for the next attempt.
            const QRectF wait = where.bar(*shown.bars[i - 1].end, bar.begin, rect.top(), rect.height());
            painter->setPen(QPen(m_look->color(Role::Idle), 1, Qt::DashLine));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(wait.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        }
        // What did not run is hollow: its result was taken over, or a person gave it.
        const bool ran = bar.origin == AttemptOrigin::Run;
        painter->setPen(ran ? QPen(Qt::NoPen) : QPen(m_look->color(barRole(bar.status)), 1));
        painter->setBrush(m_look->color(ran ? barRole(bar.status) : Role::Panel));
        painter->drawRoundedRect(ran ? rect : rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        // The state's sign where there is room: colour is never the only difference.
        if (rect.width() >= 18 && bar.status != TaskStatus::Running)
            paintIcon(painter, *m_look, QRectF(rect.left() + 3, rect.top(), 12, rect.height()), look(bar.status).icon,
                      ran ? Role::Panel : barRole(bar.status), 10);
    }
}

} // namespace flow
