// SPDX-License-Identifier: GPL-3.0-or-later
#include "look/flow_style.h"

#include "look/icon_engine.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

namespace flow {

FlowStyle::FlowStyle()
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
{
}

int FlowStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
    case PM_SmallIconSize:
    case PM_ToolBarIconSize:
    case PM_ButtonIconSize:
    case PM_TabBarIconSize:
        return 16;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return measure::space2;
    case PM_MenuPanelWidth:
        return measure::hairline;
    case PM_MenuHMargin:
    case PM_MenuVMargin:
        return measure::space1;
    case PM_TabBarBaseHeight:
    case PM_TabBarBaseOverlap:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
        return 0;
    case PM_TabBarTabHSpace:
        return 2 * measure::space3;
    case PM_TabCloseIndicatorWidth:
    case PM_TabCloseIndicatorHeight:
        return 18;
    case PM_ScrollView_ScrollBarSpacing:
        return 0;
    case PM_TreeViewIndentation:
        return measure::space4;
    case PM_DockWidgetSeparatorExtent:
        return 1;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int FlowStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                         QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ComboBox_Popup:
    case SH_UnderlineShortcut:
        return 0;
    case SH_ItemView_ShowDecorationSelected:
        return 1;
    case SH_TabBar_Alignment:
        return int(Qt::AlignLeft);
    case SH_DialogButtonBox_ButtonsHaveIcons:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QIcon FlowStyle::standardIcon(StandardPixmap standard, const QStyleOption *option, const QWidget *widget) const
{
    const auto icon = [this](const char *name, Role role) {
        QIcon result;
        for (const int size : {16, 32, 48, 64})
            result.addPixmap(renderIcon(QString::fromLatin1(name), color(role), QSize(size, size)));
        return result;
    };
    switch (standard) {
    case SP_LineEditClearButton:
    case SP_TitleBarCloseButton:
    case SP_DockWidgetCloseButton:
        return icon("close", Role::Muted);
    case SP_TitleBarNormalButton:
        return icon("external", Role::Muted);
    case SP_MessageBoxWarning:
        return icon("warning", Role::Warning);
    case SP_MessageBoxCritical:
        return icon("error", Role::Failure);
    case SP_MessageBoxInformation:
        return icon("info", Role::Accent);
    case SP_MessageBoxQuestion:
        return icon("help", Role::Accent);
    case SP_ToolBarHorizontalExtensionButton:
        return icon("more", Role::Text);
    default:
        return QProxyStyle::standardIcon(standard, option, widget);
    }
}

void FlowStyle::drawIcon(QPainter *painter, const QRect &rect, const QString &name, Role role, int size) const
{
    const double ratio = painter->device()->devicePixelRatio();
    QPixmap picture = renderIcon(name, color(role), QSize(size, size) * ratio);
    picture.setDevicePixelRatio(ratio);
    QRect place(0, 0, size, size);
    place.moveCenter(rect.center());
    painter->drawPixmap(place.topLeft(), picture);
}

void FlowStyle::drawFocus(QPainter *painter, const QRect &rect) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color(Role::Accent), measure::selectionRing));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 4, 4);
    painter->restore();
}

void FlowStyle::drawField(QPainter *painter, const QStyleOption *option, const QWidget *widget) const
{
    const bool focus = option->state & State_HasFocus;
    const bool enabled = option->state & State_Enabled;
    const bool wrong = widget && widget->property("error").toBool();
    const Role line = focus ? Role::Accent : wrong ? Role::Failure : Role::Line;
    const double width = focus ? measure::selectionRing : measure::hairline;
    QColor fill = color(enabled ? Role::Field : Role::Bar);
    if (enabled && !focus && (option->state & State_MouseOver))
        fill = mixed(fill, color(Role::Text), 0.03);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color(line), width));
    painter->setBrush(fill);
    const double inset = width / 2;
    painter->drawRoundedRect(QRectF(option->rect).adjusted(inset, inset, -inset, -inset), measure::controlRadius,
                             measure::controlRadius);
    painter->restore();
}

void FlowStyle::drawCheck(QPainter *painter, const QStyleOption *option, bool round) const
{
    const bool on = option->state & (State_On | State_NoChange);
    const bool enabled = option->state & State_Enabled;
    QRectF box(0, 0, 15, 15);
    box.moveCenter(QRectF(option->rect).center());
    box.moveTopLeft(QPointF(box.topLeft().toPoint()) + QPointF(0.5, 0.5));
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color(on && enabled ? Role::Accent : Role::Idle), 1));
    painter->setBrush(color(!on ? Role::Field : enabled ? Role::Accent : Role::IdleTint));
    painter->drawRoundedRect(box, round ? 7.5 : 4, round ? 7.5 : 4);
    const Role sign = enabled ? Role::OnAccent : Role::Muted;
    if (on && round) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(color(sign));
        painter->drawEllipse(box.center(), 3, 3);
    } else if (on) {
        const QString name = option->state & State_NoChange ? QStringLiteral("minus") : QStringLiteral("check");
        drawIcon(painter, option->rect, name, sign, 12);
    }
    painter->restore();
    if ((option->state & State_HasFocus) && (option->state & State_KeyboardFocusChange))
        drawFocus(painter, option->rect.adjusted(-2, -2, 2, 2));
}

void FlowStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                              const QWidget *widget) const
{
    switch (element) {
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        return drawCheck(painter, option, false);
    case PE_IndicatorRadioButton:
        return drawCheck(painter, option, true);
    case PE_IndicatorArrowDown:
    case PE_IndicatorSpinDown:
        return drawIcon(painter, option->rect, QStringLiteral("chevron-down"), Role::Muted, 14);
    case PE_IndicatorArrowUp:
    case PE_IndicatorSpinUp:
        return drawIcon(painter, option->rect, QStringLiteral("chevron-up"), Role::Muted, 14);
    case PE_IndicatorArrowRight:
        return drawIcon(painter, option->rect, QStringLiteral("chevron-right"), Role::Muted, 14);
    case PE_IndicatorArrowLeft:
        return drawIcon(painter, option->rect, QStringLiteral("chevron-left"), Role::Muted, 14);
    case PE_IndicatorHeaderArrow: {
        const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
        const bool up = header && header->sortIndicator == QStyleOptionHeader::SortUp;
        return drawIcon(painter, option->rect, up ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down"),
                        Role::Muted, 12);
    }
    case PE_IndicatorBranch:
        if (option->state & State_Children) {
            const bool open = option->state & State_Open;
            drawIcon(painter, option->rect, open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"),
                     Role::Muted, 14);
        }
        return;
    case PE_IndicatorTabClose:
        if (option->state & State_MouseOver) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(mixed(color(Role::Bar), color(Role::Text), 0.1));
            painter->drawRoundedRect(option->rect, 4, 4);
        }
        return drawIcon(painter, option->rect, QStringLiteral("close"), Role::Muted, 14);
    case PE_FrameFocusRect:
        if (option->state & State_KeyboardFocusChange)
            drawFocus(painter, option->rect);
        return;
    case PE_PanelMenu:
        painter->fillRect(option->rect, color(Role::Card));
        return;
    case PE_FrameMenu:
        painter->setPen(color(Role::Line));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        return;
    case PE_FrameTabBarBase:
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                          color(Role::Line));
        return;
    case PE_FrameTabWidget:
    case PE_FrameDockWidget:
    case PE_FrameStatusBarItem:
    case PE_FrameGroupBox:
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

} // namespace flow
