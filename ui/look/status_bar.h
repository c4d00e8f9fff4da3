// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStatusBar>

namespace flow {

/// A status bar whose messages begin where its first widget does, and end with "…" where the next one begins: Qt draws
/// them at the edge of the window, whatever the margins, and cuts them. GUI thread.
class StatusBar : public QStatusBar
{
    Q_OBJECT

public:
    using QStatusBar::QStatusBar;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QRect messageRect() const;
};

} // namespace flow
