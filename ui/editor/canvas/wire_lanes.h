// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/canvas/obstacles.h"

#include <QList>
#include <QPointF>

namespace flow {

/// Where wires lie, so that the next one takes a lane of its own beside them. Ids are chosen by the caller. GUI thread.
class WireLanes
{
public:
    void remove(int wire);
    /// Adds a wire and returns its way with parts moved aside to where no other wire lies, as far as there is room
    /// between the cards. Wires that leave or arrive together may share that end.
    QList<QPointF> add(int wire, const QList<QPointF> &way, const Obstacles &cards);
    /// True when a wire lies on another one: it was added before that one, or there was no room.
    bool isCrowded(int wire) const;
    /// True when another wire runs through `area`.
    bool hits(const QRectF &area, int except) const;

private:
    /// One straight part. Ends may be shared by wires that meet there.
    struct Part
    {
        QPointF a;
        QPointF b;
        bool isFirst = false;
        bool isLast = false;
    };

    static QList<Part> partsOf(const QList<QPointF> &way);
    static bool collide(const Part &one, const Part &other, double distance);
    bool isFree(const Part &part, double distance, int except = -1) const;
    QList<QPointF> loosened(const QList<QPointF> &way) const;
    struct Lanes
    {
        double distance = 0; ///< to other wires, at least
        double step = 0;     ///< from one place that is tried to the next
    };
    bool moveAside(QList<QPointF> &way, qsizetype part, Lanes lanes, const Obstacles &cards) const;

    QHash<int, QList<Part>> m_parts; ///< by wire
    Obstacles m_lines;               ///< ids: wire * mostParts + part
};

} // namespace flow
