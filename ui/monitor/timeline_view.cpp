// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/timeline_view.h"

#include "base/clock.h"
#include "look/format.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace flow {
namespace {

constexpr int gap = 10;
constexpr int liveMs = 100;

} // namespace

TimelineView::TimelineView(const Look *look, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_look(look)
    , m_now(systemClock().now())
{
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    setAccessibleName(tr("Timeline of the run"));
}

void TimelineView::setTimeline(const Timeline &timeline)
{
    if (timeline.executionId() != m_timeline.executionId())
        m_current = -1;
    m_timeline = timeline;
    m_now = systemClock().now();
    updateTimer();
    updateRange();
    viewport()->update();
}

void TimelineView::updateTimer()
{
    const bool live = isVisible() && m_timeline.isRunning();
    if (live && m_timer == 0) {
        m_timer = startTimer(liveMs);
    } else if (!live && m_timer != 0) {
        killTimer(m_timer);
        m_timer = 0;
    }
}

void TimelineView::updateRange()
{
    const int content = headerHeight + int(m_timeline.rows().size()) * rowHeight;
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(rowHeight);
    verticalScrollBar()->setRange(0, std::max(0, content - viewport()->height()));
}

TimelineScale TimelineView::scale() const
{
    const double left = margin + nameWidth + gap;
    const double width = viewport()->width() - left - gap - durationWidth - margin;
    return {left, std::max(40.0, width), m_timeline.length(m_now) * 1.04};
}

int TimelineView::rowTop(int row) const
{
    return headerHeight + row * rowHeight - verticalScrollBar()->value();
}

QRectF TimelineView::barRect(int row, int bar) const
{
    if (row < 0 || row >= m_timeline.rows().size() || bar < 0 || bar >= m_timeline.rows()[row].bars.size())
        return {};
    const Timeline::Bar &one = m_timeline.rows()[row].bars[bar];
    return scale().bar(one.begin, one.end.value_or(m_timeline.now(m_now)), rowTop(row) + 6.5, 12);
}

int TimelineView::rowAt(const QPoint &position) const
{
    if (position.y() < headerHeight)
        return -1;
    const int row = (position.y() - headerHeight + verticalScrollBar()->value()) / rowHeight;
    return row < m_timeline.rows().size() ? row : -1;
}

void TimelineView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateRange();
}

void TimelineView::showEvent(QShowEvent *event)
{
    QAbstractScrollArea::showEvent(event);
    updateTimer();
}

void TimelineView::hideEvent(QHideEvent *event)
{
    QAbstractScrollArea::hideEvent(event);
    updateTimer();
}

void TimelineView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer) {
        QAbstractScrollArea::timerEvent(event);
        return;
    }
    m_now = systemClock().now();
    viewport()->update();
    Q_EMIT ticked();
}

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    const int row = rowAt(event->pos());
    if (event->button() != Qt::LeftButton || row < 0)
        return;
    m_current = row;
    viewport()->update();
    Q_EMIT taskActivated(m_timeline.rows()[row].task);
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    const int row = rowAt(event->pos());
    if (row != m_hovered) {
        m_hovered = row;
        viewport()->update();
    }
}

void TimelineView::leaveEvent(QEvent *event)
{
    m_hovered = -1;
    viewport()->update();
    QAbstractScrollArea::leaveEvent(event);
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    const int last = int(m_timeline.rows().size()) - 1;
    const int step = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    if (step != 0 && last >= 0) {
        m_current = std::clamp(m_current + step, 0, last);
        const int top = m_current * rowHeight;
        QScrollBar *bar = verticalScrollBar();
        bar->setValue(std::clamp(bar->value(), top + rowHeight + headerHeight - viewport()->height(), top));
        viewport()->update();
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_current >= 0) {
        Q_EMIT taskActivated(m_timeline.rows()[m_current].task);
    } else {
        QAbstractScrollArea::keyPressEvent(event);
    }
}

bool TimelineView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    auto *help = static_cast<QHelpEvent *>(event);
    QToolTip::showText(help->globalPos(), toolTipAt(help->pos()), viewport());
    return true;
}

QString TimelineView::toolTipAt(const QPoint &position) const
{
    const int row = rowAt(position);
    if (row < 0)
        return {};
    const Timeline::Row &shown = m_timeline.rows()[row];
    for (int i = 0; i < shown.bars.size(); ++i) {
        if (!barRect(row, i).adjusted(-2, -6, 2, 6).contains(position))
            continue;
        const Timeline::Bar &bar = shown.bars[i];
        QString text = tr("%1, attempt %2: %3").arg(shown.task).arg(bar.attempt).arg(look(bar.status).word);
        const double end = bar.end.value_or(m_timeline.now(m_now));
        text += tr("\nfrom %1 to %2, %3")
                    .arg(formatDuration(bar.begin), formatDuration(end), formatDuration(end - bar.begin));
        const QString origin = originText(bar.origin, m_timeline.resumedFrom());
        if (!origin.isEmpty())
            text += u'\n' + origin;
        if (bar.retryAt)
            text += u'\n' + retryText(*bar.retryAt);
        return bar.error.isEmpty() ? text : text + u'\n' + bar.error;
    }
    return shown.task;
}

} // namespace flow
