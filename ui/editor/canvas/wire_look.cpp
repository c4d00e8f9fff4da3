// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/canvas/wire_look.h"

#include "editor/canvas/card_painter.h"

namespace flow {

namespace {

constexpr double faint = 0.42;
constexpr double highlighted = 1.5;
constexpr double running = 2.5;

} // namespace

QPen WireLook::pen(const QColor &color) const
{
    QPen pen(color, width);
    if (!dashes.isEmpty()) {
        pen.setDashPattern(dashes);
        pen.setCapStyle(Qt::FlatCap); // others would fill the gaps between dots
    }
    return pen;
}

WireLook wireLook(RouteKind kind, WireState state, bool isStrong)
{
    WireLook look;
    look.role = roleOf(kind);
    if (kind == RouteKind::OnFailure)
        look.dashes = {5, 4};
    if (isStrong)
        look.width = highlighted;
    switch (state) {
    case WireState::Plain:
        break;
    case WireState::Never:
        // Full strength, and dots of more than a pixel: finer ones are gone on a screen without scaling.
        look.role = Role::Idle;
        look.width = highlighted;
        look.dashes = {1.4, 2};
        look.hollowArrow = true;
        break;
    case WireState::NotTaken:
        look.strength = isStrong ? 1 : faint;
        break;
    case WireState::Taken:
        look.width = highlighted;
        break;
    case WireState::Running:
        look.role = Role::Accent;
        look.width = running;
        break;
    }
    return look;
}

} // namespace flow
