// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"
#include "model/flow.h"

#include <QComboBox>

namespace flow {

/// Where a route leads: a task, the end, or, where allowed, to the next condition (an empty target). GUI thread.
class TargetBox : public QComboBox
{
    Q_OBJECT

public:
    TargetBox(const Look *look, bool nextAllowed, QWidget *parent = nullptr);

    void showTarget(const Flow &flow, const QString &target);

Q_SIGNALS:
    void targetChosen(const QString &target);

protected:
    void wheelEvent(QWheelEvent *event) override;

private:
    const Look *m_look;
    bool m_nextAllowed;
};

} // namespace flow
