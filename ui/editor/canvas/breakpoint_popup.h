// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/breakpoint_list.h"
#include "look/look.h"

#include <QFrame>

class QLineEdit;
class QPushButton;

namespace flow {

class InlineMessage;

/// A small window over the canvas: when a breakpoint is to hold. Enter takes the expression, Escape leaves everything
/// as it was. Deletes itself. GUI thread.
class BreakpointPopup final : public QFrame
{
    Q_OBJECT

public:
    BreakpointPopup(BreakpointList *breakpoints, const Breakpoint &place, const Look *look, QWidget *parent);

    void popup(QPoint globalPosition);

private:
    void check();
    void take();
    void fitHeight();

    BreakpointList *m_breakpoints;
    Breakpoint m_breakpoint;
    QLineEdit *m_when;
    InlineMessage *m_message;
    QPushButton *m_done;
};

} // namespace flow
