// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"
#include "monitor/timeline.h"

#include <QAbstractScrollArea>

namespace flow {

/// Paints a timeline: name, bars, duration, one row per task. Grows ten times a second while something runs and is
/// seen. GUI thread.
class TimelineView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    static constexpr int rowHeight = 25;
    static constexpr int headerHeight = 26;
    static constexpr int nameWidth = 170;
    static constexpr int durationWidth = 84;
    static constexpr int margin = measure::space3;

    explicit TimelineView(const Look *look, QWidget *parent = nullptr);

    void setTimeline(const Timeline &timeline);
    bool isLive() const { return m_timer != 0; }

    /// For the size of now: where a bar stands in the viewport. Empty when there is no such bar.
    QRectF barRect(int row, int bar) const;
    int rowAt(const QPoint &position) const; ///< -1: none

Q_SIGNALS:
    void taskActivated(const QString &task);
    void ticked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    TimelineScale scale() const;
    int rowTop(int row) const;
    void paintHeader(QPainter *painter, const TimelineScale &scale) const;
    void paintTimelineRow(QPainter *painter, const TimelineScale &scale, int row) const;
    void paintBars(QPainter *painter, const TimelineScale &scale, int row) const;
    QString toolTipAt(const QPoint &position) const;
    void updateTimer();
    void updateRange();

    const Look *m_look;
    Timeline m_timeline;
    Timestamp m_now;
    int m_timer = 0;
    int m_hovered = -1;
    int m_current = -1;
};

} // namespace flow
