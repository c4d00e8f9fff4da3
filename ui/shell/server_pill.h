// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"

#include <QAbstractButton>

namespace flow {

/// The state of the REST server in the tool bar, by sign and word; a click switches it. GUI thread.
class ServerPill : public QAbstractButton
{
    Q_OBJECT

public:
    enum class State { Off, Starting, On };

    explicit ServerPill(const Look *look, QWidget *parent = nullptr);

    void setState(State state, const QString &address = {});
    State state() const { return m_state; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Look *m_look;
    State m_state = State::Off;
};

} // namespace flow
