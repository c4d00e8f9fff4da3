// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/server_pill.h"

#include "look/painting.h"

#include <QPainter>

namespace flow {

namespace {

constexpr int pillHeight = measure::target;
constexpr int sign = 10;

} // namespace

ServerPill::ServerPill(const Look *look, QWidget *parent)
    : QAbstractButton(parent)
    , m_look(look)
{
    setObjectName(QStringLiteral("serverPill"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    connect(look, &Look::changed, this, qOverload<>(&QWidget::update));
    setState(State::Off);
}

void ServerPill::setState(State state, const QString &address)
{
    m_state = state;
    setText(state == State::On         ? tr("REST on %1").arg(address)
            : state == State::Starting ? tr("REST starts...")
                                       : tr("REST off"));
    setToolTip(state == State::On ? tr("Other programs on this computer can run flows. Click to switch it off.")
                                  : tr("Click to let other programs on this computer run flows."));
    setAccessibleName(text());
    updateGeometry();
    update();
}

QSize ServerPill::sizeHint() const
{
    return {QFontMetrics(m_look->font(Look::Text::Small)).horizontalAdvance(text()) + sign + 3 * measure::space2,
            pillHeight};
}

void ServerPill::paintEvent(QPaintEvent *)
{
    const Role role = m_state == State::On ? Role::Success : m_state == State::Starting ? Role::Accent : Role::Muted;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF pill = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(hasFocus()     ? m_look->color(Role::Accent)
                   : underMouse() ? m_look->color(Role::Line)
                                  : Qt::transparent);
    painter.setBrush(m_look->color(tintOf(role)));
    painter.drawRoundedRect(pill, pillHeight / 2.0, pillHeight / 2.0);
    paintIcon(&painter, *m_look, QRectF(measure::space2, 0, sign, pillHeight),
              m_state == State::On ? QStringLiteral("dot") : QStringLiteral("ring"), role, sign);
    painter.setFont(m_look->font(Look::Text::Small));
    painter.setPen(m_look->color(role));
    painter.drawText(rect().adjusted(measure::space2 + sign + measure::space1, 0, 0, 0),
                     Qt::AlignVCenter | Qt::AlignLeft, text());
}

} // namespace flow
