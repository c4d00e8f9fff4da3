// SPDX-License-Identifier: GPL-3.0-or-later
// Combo boxes, spin boxes, tabs and menus.
#include "look/flow_style.h"

#include <QPainter>
#include <QStyleOption>
#include <QTabBar>

namespace flow {
namespace {

constexpr int arrowWidth = 26;

QFont strong(QFont font)
{
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

QSize FlowStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                  const QWidget *widget) const
{
    switch (type) {
    case CT_ComboBox:
        return QSize(size.width() + 14 + arrowWidth, measure::control);
    case CT_SpinBox:
        return QSize(size.width() + 16 + arrowWidth, measure::control);
    case CT_TabBarTab: {
        const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option);
        if (!tab || tab->shape == QTabBar::RoundedEast || tab->shape == QTabBar::RoundedWest)
            break;
        // As wide as its text in semibold, so that nothing moves when another tab becomes the current one.
        int width =
            QFontMetrics(strong(widget ? widget->font() : QFont())).size(Qt::TextShowMnemonic, tab->text).width() +
            2 * measure::space3;
        if (!tab->icon.isNull())
            width += 16 + measure::space2;
        for (const QSize &button : {tab->leftButtonSize, tab->rightButtonSize})
            width += button.isEmpty() ? 0 : button.width() + measure::space1;
        return QSize(width, measure::tabs);
    }
    case CT_MenuItem: {
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        if (item && item->menuItemType == QStyleOptionMenuItem::Separator)
            return QSize(10, 9);
        return QSize(size.width() + 30 + 36, 30);
    }
    default:
        break;
    }
    return QProxyStyle::sizeFromContents(type, option, size, widget);
}

QRect FlowStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl sub,
                                const QWidget *widget) const
{
    const QRect all = option->rect;
    const QRect arrows(all.right() - arrowWidth + 1, all.top(), arrowWidth, all.height());
    QRect rect;
    if (control == CC_ComboBox && sub == SC_ComboBoxArrow)
        rect = arrows;
    else if (control == CC_ComboBox && sub == SC_ComboBoxEditField)
        rect = QRect(all.left() + 9, all.top() + 1, all.width() - arrowWidth - 10, all.height() - 2);
    else if (control == CC_SpinBox && sub == SC_SpinBoxUp)
        rect = QRect(arrows.left(), all.top() + 1, arrowWidth - 1, all.height() / 2 - 1);
    else if (control == CC_SpinBox && sub == SC_SpinBoxDown)
        rect = QRect(arrows.left(), all.center().y(), arrowWidth - 1, all.height() / 2);
    else if (control == CC_SpinBox && sub == SC_SpinBoxEditField)
        rect = QRect(all.left() + 9, all.top() + 2, all.width() - arrowWidth - 10, all.height() - 4);
    else
        return QProxyStyle::subControlRect(control, option, sub, widget);
    return visualRect(option->direction, all, rect);
}

void FlowStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                   const QWidget *widget) const
{
    if (control == CC_ComboBox)
        drawComboBox(option, painter, widget);
    else if (control == CC_SpinBox)
        drawSpinBox(option, painter, widget);
    else
        QProxyStyle::drawComplexControl(control, option, painter, widget);
}

void FlowStyle::drawComboBox(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    drawField(painter, option, widget);
    const QRect arrow = subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget);
    const bool enabled = option->state & State_Enabled;
    drawIcon(painter, arrow, QStringLiteral("chevron-down"), enabled ? Role::Muted : Role::Idle, 14);
}

void FlowStyle::drawSpinBox(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    drawField(painter, option, widget);
    const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
    if (!spin || spin->buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const auto arrow = [&](SubControl sub, const QString &name, bool possible) {
        const bool under = (option->activeSubControls & sub) && (option->state & State_MouseOver) && possible;
        drawIcon(painter, subControlRect(CC_SpinBox, option, sub, widget), name,
                 under      ? Role::Accent
                 : possible ? Role::Muted
                            : Role::Idle,
                 12);
    };
    const bool enabled = option->state & State_Enabled;
    arrow(SC_SpinBoxUp, QStringLiteral("chevron-up"), enabled && (spin->stepEnabled & QAbstractSpinBox::StepUpEnabled));
    arrow(SC_SpinBoxDown, QStringLiteral("chevron-down"),
          enabled && (spin->stepEnabled & QAbstractSpinBox::StepDownEnabled));
}

void FlowStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                            const QWidget *widget) const
{
    if (element == CE_TabBarTabShape)
        drawTabShape(option, painter);
    else if (element == CE_TabBarTabLabel)
        drawTabLabel(option, painter);
    else if (element == CE_ComboBoxLabel)
        drawComboLabel(option, painter, widget);
    else if (element == CE_MenuItem)
        drawMenuItem(option, painter);
    else if (element == CE_MenuEmptyArea)
        painter->fillRect(option->rect, color(Role::Card));
    else
        QProxyStyle::drawControl(element, option, painter, widget);
}

void FlowStyle::drawTabShape(const QStyleOption *option, QPainter *painter) const
{
    const QRect rect = option->rect;
    if (option->state & State_Selected)
        painter->fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), color(Role::Accent));
    if ((option->state & State_HasFocus) && (option->state & State_KeyboardFocusChange))
        drawFocus(painter, rect.adjusted(2, 4, -2, -4));
}

void FlowStyle::drawTabLabel(const QStyleOption *option, QPainter *painter) const
{
    const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option);
    if (!tab)
        return;
    const bool selected = option->state & State_Selected;
    const bool hover = (option->state & State_MouseOver) && (option->state & State_Enabled);
    const Role role = !(option->state & State_Enabled) ? Role::Idle : selected || hover ? Role::Text : Role::Muted;
    QRect rect = tab->rect.adjusted(measure::space3, 0, -measure::space3, -1);
    if (!tab->leftButtonSize.isEmpty())
        rect.setLeft(rect.left() + tab->leftButtonSize.width() + measure::space1);
    if (!tab->rightButtonSize.isEmpty())
        rect.setRight(rect.right() - tab->rightButtonSize.width() - measure::space1);
    if (!tab->icon.isNull()) {
        tab->icon.paint(painter, QRect(rect.left(), rect.center().y() - 7, 16, 16));
        rect.setLeft(rect.left() + 16 + measure::space2);
    }
    painter->save();
    if (selected)
        painter->setFont(strong(painter->font()));
    painter->setPen(color(role));
    const QString text =
        painter->fontMetrics().elidedText(tab->text, Qt::ElideRight, rect.width() + 2, Qt::TextShowMnemonic);
    painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic | Qt::TextDontClip, text);
    painter->restore();
}

/// As the base draws it, but a text without room ends with ….
void FlowStyle::drawComboLabel(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
    if (!combo)
        return;
    QStyleOptionComboBox shown = *combo;
    int room = subControlRect(CC_ComboBox, combo, SC_ComboBoxEditField, widget).width() - 2;
    if (!combo->currentIcon.isNull())
        room -= combo->iconSize.width() + 4;
    shown.currentText = combo->fontMetrics.elidedText(combo->currentText, Qt::ElideRight, room);
    QProxyStyle::drawControl(CE_ComboBoxLabel, &shown, painter, widget);
}

void FlowStyle::drawMenuItem(const QStyleOption *option, QPainter *painter) const
{
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
    if (!item)
        return;
    painter->save();
    const QRect rect = item->rect;
    painter->fillRect(rect, color(Role::Card));
    if (item->menuItemType == QStyleOptionMenuItem::Separator) {
        painter->fillRect(QRect(rect.left() + 6, rect.center().y(), rect.width() - 12, 1), color(Role::Line));
        painter->restore();
        return;
    }
    const bool enabled = item->state & State_Enabled;
    painter->setRenderHint(QPainter::Antialiasing);
    if ((item->state & State_Selected) && enabled) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(color(Role::AccentTint));
        painter->drawRoundedRect(rect, 4, 4);
    }
    const QRect sign(rect.left() + 8, rect.top(), 16, rect.height());
    if (item->checkType != QStyleOptionMenuItem::NotCheckable && item->checked) {
        const bool one = item->checkType == QStyleOptionMenuItem::Exclusive;
        drawIcon(painter, sign, one ? QStringLiteral("dot") : QStringLiteral("check"), Role::Accent);
    } else if (!item->icon.isNull()) {
        item->icon.paint(painter, QRect(sign.left(), sign.center().y() - 7, 16, 16), Qt::AlignCenter,
                         enabled ? QIcon::Normal : QIcon::Disabled);
    }
    const QStringList parts = item->text.split(u'\t');
    const QRect words = rect.adjusted(34, 0, -12, 0);
    painter->setFont(item->font);
    painter->setPen(color(enabled ? Role::Text : Role::Idle));
    painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, parts[0]);
    painter->setPen(color(enabled ? Role::Muted : Role::Idle));
    if (parts.size() > 1)
        painter->drawText(words, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, parts[1]);
    if (item->menuItemType == QStyleOptionMenuItem::SubMenu)
        drawIcon(painter, QRect(rect.right() - 22, rect.top(), 16, rect.height()), QStringLiteral("chevron-right"),
                 Role::Muted, 14);
    painter->restore();
}

} // namespace flow
