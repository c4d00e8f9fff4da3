// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/canvas/breakpoint_popup.h"

#include "look/small_widgets.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>

namespace flow {

BreakpointPopup::BreakpointPopup(BreakpointList *breakpoints, const Breakpoint &place, const Look *look,
                                 QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_breakpoints(breakpoints)
    , m_breakpoint(place)
    , m_when(new QLineEdit(this))
    , m_message(new InlineMessage(look, this))
    , m_done(new QPushButton(tr("Done"), this))
{
    setObjectName(QStringLiteral("breakpointPopup"));
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::StyledPanel);
    setFixedWidth(360);
    auto *title = new QLabel(place.task.isEmpty() ? tr("Pause after condition “%1” has decided").arg(place.condition)
                                                  : tr("Pause before “%1”").arg(place.task),
                             this);
    title->setTextFormat(Qt::PlainText);
    title->setWordWrap(true);
    setTone(title, Tone::Heading);
    auto *hint = new QLabel(tr("Only when this is true; leave it empty to pause every time"), this);
    setTone(hint, Tone::Muted);
    hint->setWordWrap(true);
    m_when->setFont(look->font(Look::Text::Code));
    m_when->setPlaceholderText(QStringLiteral("input.limit > 10"));
    m_when->setAccessibleName(tr("Expression"));
    m_when->setText(breakpoints->at(place).value_or(QString()));
    auto *remove = new QPushButton(tr("Remove"), this);
    remove->setVisible(breakpoints->at(place).has_value());
    remove->setAutoDefault(false);
    setKind(m_done, ButtonKind::Primary);

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(remove);
    buttons->addStretch(1);
    buttons->addWidget(m_done);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(measure::space3, measure::space3, measure::space3, measure::space3);
    column->setSpacing(measure::space2);
    column->addWidget(title);
    column->addWidget(hint);
    column->addWidget(m_when);
    column->addWidget(m_message);
    column->addLayout(buttons);

    connect(m_when, &QLineEdit::textChanged, this, &BreakpointPopup::check);
    connect(m_when, &QLineEdit::returnPressed, this, &BreakpointPopup::take);
    connect(m_done, &QPushButton::clicked, this, &BreakpointPopup::take);
    connect(remove, &QPushButton::clicked, this, [this] {
        m_breakpoints->remove(m_breakpoint);
        close();
    });
    check();
}

/// As high as the lines of what it says need at its width.
void BreakpointPopup::fitHeight()
{
    layout()->activate();
    setFixedHeight(layout()->totalHeightForWidth(width()));
}

void BreakpointPopup::popup(QPoint globalPosition)
{
    ensurePolished();
    fitHeight();
    const QRect room = parentWidget()->screen()->availableGeometry();
    move(std::clamp(globalPosition.x(), room.left(), std::max(room.left(), room.right() - width())),
         std::clamp(globalPosition.y(), room.top(), std::max(room.top(), room.bottom() - height())));
    show();
    m_when->setFocus();
    m_when->selectAll();
}

void BreakpointPopup::check()
{
    m_breakpoint.when = m_when->text().trimmed();
    const Result<void> fits = m_breakpoints->check(m_breakpoint);
    m_message->set(fits ? QString() : fits.error().reason);
    setWrong(m_when, !fits);
    m_done->setEnabled(bool(fits));
    fitHeight();
}

void BreakpointPopup::take()
{
    if (!m_done->isEnabled())
        return;
    m_breakpoints->put(m_breakpoint);
    close();
}

} // namespace flow
