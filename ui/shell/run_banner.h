// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace flow {

class ElidedLabel;
class FlowTab;
class GrowingEdit;

/// The strip above a canvas: of a past run how it ended and when, and that it can only be looked at; of any run that it
/// is paused, and why. What has no room on its line is shown below on demand, and can be copied there. GUI thread.
class RunBanner : public QFrame
{
    Q_OBJECT

public:
    RunBanner(FlowTab *tab, Look *look);

private:
    QLayout *makeLine();
    void refresh();
    void showMessage();

    FlowTab *m_tab;
    Look *m_look;
    QString m_facts;
    QString m_message; ///< why it is paused or has failed
    QLabel *m_icon;
    QLabel *m_state;
    ElidedLabel *m_detail;
    QPushButton *m_more;
    GrowingEdit *m_whole;
};

} // namespace flow
