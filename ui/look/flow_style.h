// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/theme.h"

#include <QProxyStyle>

namespace flow {

/// Draws what a style sheet cannot: arrows, check marks, tabs, menus, combo and spin boxes, focus rings. Fusion does
/// the rest. GUI thread; owned by the application.
class FlowStyle : public QProxyStyle
{
    Q_OBJECT

public:
    FlowStyle();

    void setTheme(const Theme &theme) { m_theme = theme; }

    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *data) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl sub,
                         const QWidget *widget) const override;
    QIcon standardIcon(StandardPixmap standard, const QStyleOption *option, const QWidget *widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;

private:
    QColor color(Role role) const { return m_theme.color(role); }
    void drawIcon(QPainter *painter, const QRect &rect, const QString &name, Role role, int size = 16) const;
    void drawField(QPainter *painter, const QStyleOption *option, const QWidget *widget) const;
    void drawCheck(QPainter *painter, const QStyleOption *option, bool round) const;
    void drawFocus(QPainter *painter, const QRect &rect) const;
    void drawComboBox(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const;
    void drawSpinBox(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const;
    void drawTabShape(const QStyleOption *option, QPainter *painter) const;
    void drawTabLabel(const QStyleOption *option, QPainter *painter) const;
    void drawComboLabel(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    void drawMenuItem(const QStyleOption *option, QPainter *painter) const;

    Theme m_theme;
};

} // namespace flow
