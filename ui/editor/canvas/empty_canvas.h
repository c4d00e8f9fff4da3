// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"

#include <QWidget>

namespace flow {

/// What an empty canvas says: what to do next, as buttons. Lies over the middle of the canvas. GUI thread.
class EmptyCanvas final : public QWidget
{
    Q_OBJECT

public:
    EmptyCanvas(Look *look, QWidget *parent);

Q_SIGNALS:
    void addRequested();
    void exampleRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Look *m_look;
};

} // namespace flow
