// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/breakpoint.h"

#include <QObject>

namespace flow {

class FlowDocument;

/// The breakpoints on an open flow, at most one on each task and condition. They are not part of the flow and cannot be
/// undone; a renamed task keeps its own, a deleted one loses it. GUI thread; the document outlives it.
class BreakpointList : public QObject
{
    Q_OBJECT

public:
    explicit BreakpointList(FlowDocument *document, QObject *parent = nullptr);

    const QList<Breakpoint> &all() const { return m_all; }
    /// Replaces all; those that do not fit the flow are left out.
    void set(const QList<Breakpoint> &breakpoints);

    /// The expression of the one on the same task or condition: empty where it always holds, nothing where there is
    /// none.
    std::optional<QString> at(const Breakpoint &place) const;
    /// Refused with the reason when its expression is wrong.
    Result<void> check(const Breakpoint &breakpoint) const;
    void put(const Breakpoint &breakpoint); ///< it must have been checked
    void remove(const Breakpoint &place);
    void toggle(const Breakpoint &place);
    /// What is selected gets one; when all of it has one, it loses them.
    void toggleSelection();

Q_SIGNALS:
    void changed();

private:
    qsizetype indexOf(const Breakpoint &place) const;
    void followDocument();

    FlowDocument *m_document;
    Flow m_flow; ///< that the list fits
    QList<Breakpoint> m_all;
};

} // namespace flow
