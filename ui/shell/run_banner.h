// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"

#include <QFrame>
#include <QLabel>

namespace flow {

class FlowTab;

/// The strip above a canvas: of a past run how it ended and when, and that it can only be looked at; of any run that it
/// is paused, and why. GUI thread.
class RunBanner : public QFrame
{
    Q_OBJECT

public:
    RunBanner(FlowTab *tab, Look *look);

private:
    void refresh();

    FlowTab *m_tab;
    Look *m_look;
    QLabel *m_icon;
    QLabel *m_state;
    QLabel *m_detail;
};

} // namespace flow
