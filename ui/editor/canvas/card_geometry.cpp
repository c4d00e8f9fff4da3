// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/canvas/card_geometry.h"

#include <QFontMetricsF>

#include <cmath>

namespace flow {

namespace {

constexpr double portStep = 24;

bool leadsOn(const Route &route)
{
    return route.target != endTarget && !route.neverTaken;
}

} // namespace

QList<Port> portsOf(const QList<Route> &routes)
{
    QList<Port> ports;
    const auto add = [&](RouteKind kind, const Route *route) {
        for (Port &port : ports) {
            if (port.kind == kind && kind != RouteKind::Expression) {
                port.leadsOn = port.leadsOn || (route && leadsOn(*route));
                return;
            }
        }
        Port port;
        port.kind = kind;
        if (route) {
            port.condition = route->condition;
            port.matched = route->matched;
            port.leadsOn = leadsOn(*route);
        }
        ports << port;
    };

    const Route *always = nullptr;
    bool hasExpression = false;
    for (const Route &route : routes) {
        if (route.kind == RouteKind::Always && route.condition >= 0 && !route.neverTaken)
            always = &route;
        hasExpression = hasExpression || route.kind == RouteKind::Expression;
    }
    if (hasExpression) {
        for (const Route &route : routes)
            add(route.kind == RouteKind::Always ? RouteKind::Otherwise : route.kind, &route);
    } else if (always) {
        add(RouteKind::Always, always);
    } else {
        const auto find = [&](RouteKind kind) -> const Route * {
            for (const Route &route : routes) {
                if (route.kind == kind && !route.neverTaken)
                    return &route;
            }
            return nullptr;
        };
        add(RouteKind::OnSuccess, find(RouteKind::OnSuccess));
        add(RouteKind::OnFailure, find(RouteKind::OnFailure));
    }
    for (qsizetype index = 0; index < ports.size(); ++index)
        ports[index].y = inputY + portStep * double(index);
    return ports;
}

qsizetype portOf(const QList<Port> &ports, const Route &route)
{
    for (qsizetype index = 0; index < ports.size(); ++index) {
        const Port &port = ports[index];
        if (port.kind != route.kind)
            continue;
        if (route.kind != RouteKind::Expression || port.condition == route.condition)
            return index;
    }
    return 0;
}

QSizeF cardSize(const Look &look, const Task &task, qsizetype ports)
{
    // Padding, icon tile, gap, name, and room for a badge.
    const double wanted =
        10 + 24 + 9 + QFontMetricsF(look.font(Look::Text::BodyStrong)).horizontalAdvance(task.name) + 30;
    const double width =
        std::clamp(std::ceil(wanted / 4) * 4, double(measure::cardWidth), double(measure::cardMaxWidth));
    const double height = std::max(double(measure::cardHeight), inputY + portStep * double(ports - 1) + 34);
    return {width, height};
}

} // namespace flow
