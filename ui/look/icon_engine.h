// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/theme.h"

#include <QIconEngine>
#include <QPixmap>
#include <QPointer>

namespace flow {

class Look;

/// Draws a line icon from the resources in the colour that its role has now, so that icons handed out earlier follow a
/// change of the theme. GUI thread; may outlive the look, then it draws nothing.
class IconEngine : public QIconEngine
{
public:
    IconEngine(const Look *look, const QString &name, Role role);

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override;
    QIconEngine *clone() const override;
    QString key() const override;

private:
    QColor colorFor(QIcon::Mode mode) const;

    QPointer<const Look> m_look;
    QString m_name;
    Role m_role;
};

/// A line icon in one colour; `size` in device pixels. Unknown names give the plain task icon. Kept in QPixmapCache.
QPixmap renderIcon(const QString &name, const QColor &color, const QSize &size);

} // namespace flow
