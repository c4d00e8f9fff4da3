// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/breakpoint_list.h"

#include "document/flow_document.h"
#include "document/follow_selection.h"

#include <algorithm>

namespace flow {

namespace {

qsizetype conditionIndex(const Flow &flow, const QString &name)
{
    const auto found = std::find_if(flow.conditions.begin(), flow.conditions.end(),
                                    [&](const Condition &condition) { return condition.name == name; });
    return found == flow.conditions.end() ? -1 : found - flow.conditions.begin();
}

/// Where it stands now; nothing when that is gone.
std::optional<Breakpoint> followed(const Breakpoint &breakpoint, const Flow &before, const Flow &after)
{
    Breakpoint moved = breakpoint;
    if (!breakpoint.task.isEmpty()) {
        const Selection now = followSelection({{breakpoint.task}, {}}, before, after);
        if (now.tasks.isEmpty())
            return std::nullopt;
        moved.task = now.tasks.first();
        return moved;
    }
    const Selection now = followSelection({{}, {conditionIndex(before, breakpoint.condition)}}, before, after);
    if (now.conditions.isEmpty())
        return std::nullopt;
    moved.condition = after.conditions[now.conditions.first()].name;
    return moved;
}

} // namespace

BreakpointList::BreakpointList(FlowDocument *document, QObject *parent)
    : QObject(parent)
    , m_document(document)
    , m_flow(document->flow())
{
    connect(document, &FlowDocument::contentChanged, this, &BreakpointList::followDocument);
}

void BreakpointList::set(const QList<Breakpoint> &breakpoints)
{
    QList<Breakpoint> fitting;
    for (const Breakpoint &breakpoint : breakpoints) {
        if (check(breakpoint))
            fitting << breakpoint;
    }
    if (fitting == m_all)
        return;
    m_all = fitting;
    Q_EMIT changed();
}

qsizetype BreakpointList::indexOf(const Breakpoint &place) const
{
    const auto found = std::find_if(m_all.begin(), m_all.end(), [&](const Breakpoint &known) {
        return known.task == place.task && known.condition == place.condition;
    });
    return found == m_all.end() ? -1 : found - m_all.begin();
}

std::optional<QString> BreakpointList::at(const Breakpoint &place) const
{
    const qsizetype index = indexOf(place);
    return index < 0 ? std::nullopt : std::optional(m_all[index].when);
}

Result<void> BreakpointList::check(const Breakpoint &breakpoint) const
{
    return checkBreakpoints({breakpoint}, m_document->flow(), FieldPath());
}

void BreakpointList::put(const Breakpoint &breakpoint)
{
    Q_ASSERT(check(breakpoint));
    const qsizetype index = indexOf(breakpoint);
    if (index < 0)
        m_all << breakpoint;
    else if (m_all[index] == breakpoint)
        return;
    else
        m_all[index] = breakpoint;
    Q_EMIT changed();
}

void BreakpointList::remove(const Breakpoint &place)
{
    const qsizetype index = indexOf(place);
    if (index < 0)
        return;
    m_all.removeAt(index);
    Q_EMIT changed();
}

void BreakpointList::toggle(const Breakpoint &place)
{
    if (at(place))
        remove(place);
    else
        put(place);
}

void BreakpointList::toggleSelection()
{
    QList<Breakpoint> places;
    for (const QString &task : m_document->selection().tasks)
        places << Breakpoint{.task = task, .condition = {}, .when = {}};
    for (const qsizetype condition : m_document->selection().conditions)
        places << Breakpoint{.task = {}, .condition = m_document->flow().conditions[condition].name, .when = {}};
    const bool all = std::all_of(places.begin(), places.end(), [this](const Breakpoint &place) { return at(place); });
    for (const Breakpoint &place : std::as_const(places)) {
        if (all)
            remove(place);
        else if (!at(place))
            put(place);
    }
}

void BreakpointList::followDocument()
{
    const Flow before = std::exchange(m_flow, m_document->flow());
    if (m_all.isEmpty() || before == m_flow)
        return;
    QList<Breakpoint> now;
    for (const Breakpoint &breakpoint : std::as_const(m_all)) {
        const std::optional<Breakpoint> moved = followed(breakpoint, before, m_flow);
        if (moved && check(*moved))
            now << *moved;
    }
    if (now == m_all)
        return;
    m_all = now;
    Q_EMIT changed();
}

} // namespace flow
