// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"

#include <QAbstractButton>
#include <QLabel>
#include <QWidget>

class QPushButton;

/// Small widgets that panels share. GUI thread; the look outlives them.
namespace flow {

enum class ButtonKind { Normal, Primary, Danger, Link, Small, Outlined, Tiny, Heading };
void setKind(QAbstractButton *button, ButtonKind kind);

enum class Tone { Body, Muted, Error, Warning, Heading, Title, Code };
void setTone(QLabel *label, Tone tone);

/// Marks a field as wrong, so that its border shows it.
void setWrong(QWidget *field, bool wrong);

/// A hairline across.
QWidget *newLine(QWidget *parent);

/// A tinted square with the icon of what is shown.
class IconTile : public QWidget
{
    Q_OBJECT

public:
    IconTile(const Look *look, int size, QWidget *parent = nullptr);
    void setIcon(const QString &name, Role role);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Look *m_look;
    QString m_icon;
    Role m_role = Role::Idle;
};

/// A short word in a rounded tint, such as "running".
class Pill : public QWidget
{
    Q_OBJECT

public:
    explicit Pill(const Look *look, QWidget *parent = nullptr);
    void set(const QString &text, Role role, const QString &icon = {}); ///< empty text hides it
    QString text() const { return m_text; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Look *m_look;
    QString m_text;
    QString m_icon;
    Role m_role = Role::Idle;
};

/// One sentence with a sign before it: an error under a field, a warning beside a route. Hidden while empty.
class InlineMessage : public QWidget
{
    Q_OBJECT

public:
    explicit InlineMessage(const Look *look, QWidget *parent = nullptr);
    void set(const QString &text, Role role = Role::Failure);
    void clear() { set({}); }
    QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Look *m_look;
    QLabel *m_label;
    Role m_role = Role::Failure;
};

/// What an empty place says: a sign, what there is not, what to do next, and a button that does it.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    EmptyState(const Look *look, const QString &icon, QWidget *parent = nullptr);
    void setText(const QString &title, const QString &sentence = {});
    void setAction(const QString &text); ///< empty: no button

Q_SIGNALS:
    void actionTriggered();

private:
    QLabel *m_title;
    QLabel *m_sentence;
    QPushButton *m_button;
};

} // namespace flow
