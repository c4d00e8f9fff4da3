// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/theme.h"

#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPointer>

class QApplication;

namespace flow {

class DesktopSettings;
class FlowStyle;

/// The current theme, fonts and icons, made once by `main` and handed to whatever paints. GUI thread.
class Look : public QObject
{
    Q_OBJECT

public:
    enum class Mode { System, Light, Dark };
    enum class Text { Body, BodyStrong, Title, Small, SmallStrong, Pill, Code };

    explicit Look(QObject *parent = nullptr);
    ~Look() override;

    const Theme &theme() const { return m_theme; }
    QColor color(Role role) const { return m_theme.color(role); }
    Mode mode() const { return m_mode; }
    /// System follows the desktop (its portal's colour scheme, else the palette it gives). Restyles the application.
    void setMode(Mode mode);

    /// Pixel-sized, with tabular figures where the family has them.
    QFont font(Text text) const;

    /// A line icon in a role's colour, sharp at any scale. Unknown names give a plain task icon.
    QIcon icon(const QString &name, Role role = Role::Text) const;
    /// The same as a picture for painting; `size` in logical pixels.
    QPixmap pixmap(const QString &name, Role role, int size, double devicePixelRatio) const;
    /// Strong colour of a task type's group in palette and cards.
    Role groupRole(const QString &group) const;

    bool reducedMotion() const;

    /// Palette, font and style sheet of the whole application, now and at each change.
    void applyTo(QApplication *application);

Q_SIGNALS:
    void changed();

private:
    void restyle();

    void follow(); ///< chooses the theme that the mode asks for now

    Mode m_mode = Mode::System;
    Theme m_theme;
    bool m_darkPalette; ///< what the platform gave before we changed it
    DesktopSettings *m_desktop;
    QApplication *m_application = nullptr;
    QPointer<FlowStyle> m_style; ///< owned by the application
};

} // namespace flow
