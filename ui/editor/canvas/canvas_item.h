// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"

#include <QGraphicsItem>

namespace flow {

/// What kind of thing a canvas item shows.
enum class CanvasKind { Task, Start, End, Wire, Frame, Note };

/// Base of everything on the canvas: painted with the look, selected and hovered by the view, never by itself. Owned by
/// the scene.
class CanvasItem : public QGraphicsItem
{
public:
    explicit CanvasItem(const Look *look)
        : m_look(look)
    {
    }

    virtual CanvasKind kind() const = 0;

    bool isChosen() const { return m_chosen; }
    void setChosen(bool chosen)
    {
        if (m_chosen != chosen) {
            m_chosen = chosen;
            update();
        }
    }
    void setHovered(bool hovered)
    {
        if (m_hovered != hovered) {
            m_hovered = hovered;
            update();
        }
    }
    /// Text of the tool tip at a place of the item; empty: none.
    virtual QString toolTipAt(QPointF itemPosition) const
    {
        Q_UNUSED(itemPosition)
        return {};
    }

protected:
    const Look &look() const { return *m_look; }
    bool isHovered() const { return m_hovered; }

private:
    const Look *m_look;
    bool m_chosen = false;
    bool m_hovered = false;
};

} // namespace flow
