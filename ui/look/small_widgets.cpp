// SPDX-License-Identifier: GPL-3.0-or-later
#include "look/small_widgets.h"

#include "look/painting.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include <cmath>

namespace flow {
namespace {

void setProperty(QWidget *widget, const char *name, const QVariant &value)
{
    if (widget->property(name) == value)
        return;
    widget->setProperty(name, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->update();
}

} // namespace

void setKind(QAbstractButton *button, ButtonKind kind)
{
    static const char *const words[] = {"", "primary", "danger", "link", "small", "outlined", "tiny", "heading"};
    setProperty(button, "kind", QString::fromLatin1(words[int(kind)]));
}

void setTone(QLabel *label, Tone tone)
{
    static const char *const words[] = {"", "muted", "error", "warning", "heading", "title", "code"};
    setProperty(label, "tone", QString::fromLatin1(words[int(tone)]));
}

void setWrong(QWidget *field, bool wrong)
{
    setProperty(field, "error", wrong);
}

QWidget *newLine(QWidget *parent)
{
    auto *line = new QFrame(parent);
    line->setProperty("surface", QStringLiteral("line"));
    line->setFixedHeight(measure::hairline);
    return line;
}

IconTile::IconTile(const Look *look, int size, QWidget *parent)
    : QWidget(parent)
    , m_look(look)
{
    setFixedSize(size, size);
}

void IconTile::setIcon(const QString &name, Role role)
{
    m_icon = name;
    m_role = role;
    update();
}

void IconTile::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintTile(&painter, *m_look, rect(), m_icon, m_role);
}

Pill::Pill(const Look *look, QWidget *parent)
    : QWidget(parent)
    , m_look(look)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    hide();
}

void Pill::set(const QString &text, Role role, const QString &icon)
{
    m_text = text;
    m_role = role;
    m_icon = icon;
    setVisible(!text.isEmpty());
    updateGeometry();
    update();
}

QSize Pill::sizeHint() const
{
    const double text = tabularWidth(m_look->font(Look::Text::Pill), m_text);
    return QSize(int(std::ceil(text)) + 18 + (m_icon.isEmpty() ? 0 : 16), 20);
}

void Pill::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_look->color(tintOf(m_role)));
    painter.drawRoundedRect(rect(), height() / 2.0, height() / 2.0);
    QRectF words = QRectF(rect()).adjusted(9, 0, -9, 0);
    if (!m_icon.isEmpty()) {
        paintIcon(&painter, *m_look, QRectF(7, 0, 14, height()), m_icon, m_role, 12);
        words.setLeft(25);
    }
    painter.setFont(m_look->font(Look::Text::Pill));
    painter.setPen(m_look->color(m_role == Role::Idle ? Role::Muted : m_role));
    paintText(&painter, words, Qt::AlignLeft, m_text);
}

InlineMessage::InlineMessage(const Look *look, QWidget *parent)
    : QWidget(parent)
    , m_look(look)
    , m_label(new QLabel(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(18, 0, 0, 0);
    layout->addWidget(m_label);
    m_label->setWordWrap(true);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    hide();
}

void InlineMessage::set(const QString &text, Role role)
{
    m_role = role;
    setTone(m_label, role == Role::Failure ? Tone::Error : role == Role::Warning ? Tone::Warning : Tone::Muted);
    m_label->setText(text);
    setVisible(!text.isEmpty());
    updateGeometry(); // at once, for who fits a window around it
    update();
}

QString InlineMessage::text() const
{
    return m_label->text();
}

void InlineMessage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QString icon = m_role == Role::Failure   ? QStringLiteral("error")
                         : m_role == Role::Warning ? QStringLiteral("warning")
                                                   : QStringLiteral("info");
    paintIcon(&painter, *m_look, QRectF(0, 1, 14, 14), icon, m_role, 14);
}

EmptyState::EmptyState(const Look *look, const QString &icon, QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_sentence(new QLabel(this))
    , m_button(new QPushButton(this))
{
    auto *tile = new IconTile(look, 40, this);
    tile->setIcon(icon, Role::Idle);
    m_title->setFont(look->font(Look::Text::BodyStrong));
    setTone(m_sentence, Tone::Muted);
    for (QLabel *label : {m_title, m_sentence}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(measure::space5, measure::space3, measure::space5, measure::space3);
    layout->setSpacing(measure::space1);
    layout->addStretch(2);
    layout->addWidget(tile, 0, Qt::AlignHCenter);
    layout->addSpacing(measure::space2);
    layout->addWidget(m_title);
    layout->addWidget(m_sentence);
    layout->addSpacing(measure::space2);
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    m_button->hide();
    connect(m_button, &QPushButton::clicked, this, &EmptyState::actionTriggered);
}

void EmptyState::setText(const QString &title, const QString &sentence)
{
    m_title->setText(title);
    m_sentence->setText(sentence);
    m_sentence->setVisible(!sentence.isEmpty());
}

void EmptyState::setAction(const QString &text)
{
    m_button->setText(text);
    m_button->setVisible(!text.isEmpty());
}

} // namespace flow
