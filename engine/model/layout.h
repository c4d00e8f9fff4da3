// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMap>
#include <QPointF>
#include <QRectF>
#include <QString>

#include <optional>

namespace flow {

/// A titled rectangle behind tasks that belong together.
struct Frame
{
    QString title;
    QRectF rect;
    bool operator==(const Frame &) const = default;
};

/// Free text on the canvas.
struct Note
{
    QString text;
    QRectF rect;
    bool operator==(const Note &) const = default;
};

/// Where things stand on the canvas, in logical pixels; y grows downward. Never changes what a flow does.
/// A task without a position is placed automatically.
struct Layout
{
    QMap<QString, QPointF> tasks; ///< by task name: top left corner of its card
    std::optional<QPointF> start; ///< top left corner of the start marker; absent: left of the start task
    QMap<QString, QPointF> ends;  ///< by source task name: its end marker; absent: placed beside the task
    QList<Frame> frames;
    QList<Note> notes;

    bool isEmpty() const { return *this == Layout{}; }
    bool operator==(const Layout &) const = default;
};

} // namespace flow
