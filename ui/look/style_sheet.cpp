// SPDX-License-Identifier: GPL-3.0-or-later
#include "look/style_sheet.h"

#include <QHash>

namespace flow {
namespace {

// @name stands for a colour. One rule per line, by kind of widget.
const char *const sheet = R"(
QMainWindow, QDialog { background: @bar; }
QMainWindow::separator { background: @line; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: @accent; }
QSplitter::handle { background: @line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: @accent; }

QMenuBar { background: @bar; color: @text; padding: 2px 6px; spacing: 0; }
QMenuBar::item { padding: 4px 9px; border-radius: 6px; background: transparent; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @hoverBar; }
QToolTip { background: @card; color: @text; border: 1px solid @line; padding: 5px 8px; }
QStatusBar { background: @bar; color: @muted; border-top: 1px solid @line; min-height: 27px; font-size: 12px; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: @muted; font-size: 12px; }
QToolBar { background: @bar; border: none; border-bottom: 1px solid @line; padding: 6px 8px; spacing: 6px; }
QToolBar::separator { background: @line; width: 1px; margin: 6px 6px; }

QPushButton { background: @panel; color: @text; border: 1px solid @line; border-radius: 6px; padding: 0 11px; min-height: 28px; }
QPushButton:hover { background: @hover; }
QPushButton:pressed, QPushButton:checked { background: @pressed; }
QPushButton:focus { border: 2px solid @accent; padding: 0 10px; min-height: 26px; }
QPushButton:disabled { color: @idle; background: transparent; }
QPushButton:flat { background: transparent; border-color: transparent; }
QPushButton:flat:hover { background: @hover; }
QPushButton[kind="primary"], QPushButton:default { background: @accent; color: @onAccent; border-color: @accent; font-weight: 600; }
QPushButton[kind="primary"]:hover, QPushButton:default:hover { background: @accentHover; }
QPushButton[kind="primary"]:focus, QPushButton:default:focus { border-color: @text; }
QPushButton[kind="primary"]:disabled, QPushButton:default:disabled { background: @idleTint; color: @muted; border-color: @line; }
QPushButton[kind="danger"] { color: @failure; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: @accent; padding: 0 5px; min-height: 22px; text-align: left; }
QPushButton[kind="link"]:hover { background: @accentTint; }
QPushButton[kind="link"]:focus { border: 2px solid @accent; padding: 0 4px; min-height: 20px; }
QPushButton[kind="link"]:disabled { color: @idle; }

QPushButton::menu-indicator { subcontrol-origin: padding; subcontrol-position: center right; width: 14px; height: 14px; left: -6px; }

QToolButton { background: transparent; color: @text; border: 1px solid transparent; border-radius: 6px; padding: 0 7px; min-height: 28px; }
QToolButton:hover { background: @hoverBar; }
QToolButton:pressed, QToolButton:checked { background: @pressed; }
QToolButton:focus { border: 1px solid @accent; }
QToolButton:disabled { color: @idle; }
QToolButton[kind="small"] { padding: 0 3px; min-height: 22px; min-width: 16px; }
QToolButton[kind="tiny"] { padding: 0; min-height: 0; border: none; }
QToolButton[kind="heading"] { padding: 0 1px; min-height: 22px; color: @muted; font-size: 12px; font-weight: 600; text-align: left; }
QToolButton[kind="outlined"] { background: @panel; border-color: @line; }
QToolButton[kind="outlined"]:hover { background: @hover; }
QToolButton[kind="primary"] { background: @accent; color: @onAccent; border-color: @accent; font-weight: 600; padding: 0 10px; }
QToolButton[kind="primary"]:hover { background: @accentHover; }
QToolButton[kind="primary"]:focus { border: 2px solid @text; padding: 0 9px; min-height: 26px; }
QToolButton[kind="primary"]:disabled { background: @idleTint; color: @muted; border-color: @line; }
QToolButton[kind="danger"] { background: @panel; border-color: @line; color: @failure; }
QToolButton[kind="danger"]:hover { background: @failureTint; }
QToolButton[kind="danger"]:disabled { color: @idle; background: transparent; }
QLineEdit QToolButton { background: transparent; border: none; padding: 0; min-height: 0; min-width: 0; }
QToolButton::menu-indicator { image: none; width: 0; }

QAbstractScrollArea { background: @panel; border: none; }
QLineEdit, QPlainTextEdit, QTextEdit { background: @field; border: 1px solid @line; border-radius: 6px; selection-background-color: @selection; selection-color: @text; }
QLineEdit { padding: 0 8px; min-height: 28px; }
QLineEdit:focus { border: 2px solid @accent; padding: 0 7px; min-height: 26px; }
QAbstractSpinBox { min-height: 24px; }
QLineEdit:disabled, QPlainTextEdit:disabled { background: @bar; }
QLineEdit:read-only { background: @bar; }
QLineEdit[error="true"], QPlainTextEdit[error="true"] { border-color: @failure; }
QLineEdit[quiet="true"] { background: transparent; border-color: transparent; padding: 0 5px; }
QLineEdit[quiet="true"]:hover { border-color: @line; }
QLineEdit[quiet="true"]:focus { background: @field; border: 2px solid @accent; padding: 0 4px; }
QLineEdit[quiet="true"][error="true"] { border-color: @failure; }
QPlainTextEdit { padding: 3px 4px; }
QPlainTextEdit:focus { border: 2px solid @accent; padding: 2px 3px; }
QPlainTextEdit[quiet="true"] { background: transparent; border-color: transparent; }
QPlainTextEdit[quiet="true"]:focus { border: 2px solid @accent; }
QTextEdit:focus { border: 2px solid @accent; }
QLineEdit[error="true"]:focus, QPlainTextEdit[error="true"]:focus { border-color: @failure; }
QComboBox QLineEdit, QAbstractSpinBox QLineEdit, QComboBox QLineEdit:focus, QAbstractSpinBox QLineEdit:focus,
QComboBox QLineEdit:read-only, QAbstractSpinBox QLineEdit:disabled { background: transparent; border: none; padding: 0; min-height: 0; }
QComboBox QAbstractItemView { background: @card; border: 1px solid @line; outline: none; padding: 4px; }

QScrollArea > QWidget > QWidget { background: transparent; }
QAbstractItemView { background: @panel; color: @text; border: none; outline: none; selection-background-color: @accentTint; selection-color: @text; }
QHeaderView { background: @panel; border: none; }
QHeaderView::section { background: @panel; color: @muted; border: none; border-bottom: 1px solid @line; padding: 0 12px; min-height: 27px; font-size: 12px; font-weight: 400; }
QHeaderView::section:vertical { border: none; padding: 0 8px; }
QTableView { gridline-color: @line; }
QTableView[dense="true"] QHeaderView::section { padding: 0 4px; }
QTableCornerButton::section { background: @panel; border: none; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @scroll; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 32px; margin: 2px; }
QScrollBar::handle:horizontal { min-width: 32px; margin: 2px; }
QScrollBar::handle:hover { background: @idle; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }

QDockWidget { color: @text; font-weight: 600; }
QDockWidget::title { background: @panel; padding: 8px 12px; border-bottom: 1px solid @line; text-align: left; }
QGroupBox { border: none; margin-top: 22px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; color: @muted; }
QProgressBar { background: @accentTint; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }

QLabel { background: transparent; }
QLabel[tone="muted"] { color: @muted; font-size: 12px; }
QLabel[tone="error"] { color: @failure; font-size: 12px; }
QLabel[tone="warning"] { color: @warning; font-size: 12px; }
QLabel[tone="heading"] { color: @muted; font-size: 12px; font-weight: 600; }
QLabel[tone="title"] { font-size: 15px; font-weight: 600; }
QLabel[tone="code"] { color: @expression; }
QFrame[surface="panel"], QWidget[surface="panel"] { background: @panel; }
QFrame[surface="bar"], QWidget[surface="bar"] { background: @bar; }
QFrame[surface="card"] { background: @card; border: 1px solid @line; border-radius: 8px; }
QFrame[surface="line"] { background: @line; border: none; }
)";

QHash<QString, QColor> colorsOf(const Theme &theme)
{
    const auto color = [&theme](Role role) { return theme.color(role); };
    const QColor text = color(Role::Text);
    return {
        {QStringLiteral("bar"), color(Role::Bar)},
        {QStringLiteral("panel"), color(Role::Panel)},
        {QStringLiteral("card"), color(Role::Card)},
        {QStringLiteral("field"), color(Role::Field)},
        {QStringLiteral("line"), color(Role::Line)},
        {QStringLiteral("text"), text},
        {QStringLiteral("muted"), color(Role::Muted)},
        {QStringLiteral("idle"), color(Role::Idle)},
        {QStringLiteral("idleTint"), color(Role::IdleTint)},
        {QStringLiteral("accent"), color(Role::Accent)},
        {QStringLiteral("accentTint"), color(Role::AccentTint)},
        {QStringLiteral("onAccent"), color(Role::OnAccent)},
        {QStringLiteral("failure"), color(Role::Failure)},
        {QStringLiteral("failureTint"), color(Role::FailureTint)},
        {QStringLiteral("warning"), color(Role::Warning)},
        {QStringLiteral("expression"), color(Role::Expression)},
        {QStringLiteral("hover"), mixed(color(Role::Panel), text, 0.05)},
        {QStringLiteral("hoverBar"), mixed(color(Role::Bar), text, 0.06)},
        {QStringLiteral("pressed"), mixed(color(Role::Panel), text, 0.11)},
        {QStringLiteral("accentHover"), mixed(color(Role::Accent), text, 0.14)},
        {QStringLiteral("selection"), mixed(color(Role::Field), color(Role::Accent), 0.30)},
        {QStringLiteral("scroll"), mixed(color(Role::Panel), color(Role::Idle), 0.45)},
    };
}

} // namespace

QPalette paletteOf(const Theme &theme)
{
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, Role color) { palette.setColor(role, theme.color(color)); };
    set(QPalette::Window, Role::Bar);
    set(QPalette::WindowText, Role::Text);
    set(QPalette::Base, Role::Panel);
    set(QPalette::AlternateBase, Role::Bar);
    set(QPalette::Text, Role::Text);
    set(QPalette::Button, Role::Panel);
    set(QPalette::ButtonText, Role::Text);
    set(QPalette::BrightText, Role::OnAccent);
    set(QPalette::ToolTipBase, Role::Card);
    set(QPalette::ToolTipText, Role::Text);
    set(QPalette::PlaceholderText, Role::Muted);
    set(QPalette::Highlight, Role::AccentTint);
    set(QPalette::HighlightedText, Role::Text);
    set(QPalette::Link, Role::Accent);
    set(QPalette::LinkVisited, Role::Expression);
    set(QPalette::Light, Role::Panel);
    set(QPalette::Midlight, Role::Bar);
    set(QPalette::Mid, Role::Line);
    set(QPalette::Dark, Role::Line);
    set(QPalette::Shadow, Role::Line);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, theme.color(Role::Idle));
    return palette;
}

QString styleSheetOf(const Theme &theme)
{
    const QHash<QString, QColor> colors = colorsOf(theme);
    const QString source = QString::fromLatin1(sheet);
    QString result;
    for (qsizetype at = 0; at < source.size(); ++at) {
        if (source[at] != u'@') {
            result += source[at];
            continue;
        }
        qsizetype end = at + 1;
        while (source[end].isLetter())
            ++end;
        const QString name = source.mid(at + 1, end - at - 1);
        Q_ASSERT(colors.contains(name));
        result += colors.value(name).name();
        at = end - 1;
    }
    return result;
}

} // namespace flow
