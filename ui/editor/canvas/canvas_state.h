// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/breakpoint_list.h"
#include "editor/canvas/empty_canvas.h"
#include "editor/canvas/flow_scene.h"
#include "editor/canvas/gesture.h"
#include "editor/canvas/minimap.h"

namespace flow {

/// What the canvas view holds; shared by its source files only.
struct CanvasView::State
{
    State(FlowDocument *document, Look *look, CanvasView *view)
        : scene(document, look)
        , breakpoints(document)
        , minimap(view)
        , empty(look, view)
    {
    }

    FlowScene scene;
    BreakpointList breakpoints;
    Minimap minimap;
    EmptyCanvas empty;
    std::unique_ptr<Gesture> gesture;
    QPoint pressed;         ///< where the button went down
    bool spaceHeld = false; ///< the left button pans
};

} // namespace flow
