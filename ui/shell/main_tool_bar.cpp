// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/main_tool_bar.h"

#include "look/format.h"
#include "shell/search_button.h"
#include "shell/server_pill.h"

#include <QMenu>
#include <QToolButton>

namespace flow {

MainToolBar::MainToolBar(const Actions &actions, Look *look, QWidget *parent)
    : QToolBar(parent)
    , m_zoom(nullptr)
    , m_pill(new ServerPill(look, this))
{
    setObjectName(QStringLiteral("mainToolBar"));
    setWindowTitle(tr("Tool bar"));
    setMovable(false);
    setFloatable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    setIconSize(QSize(16, 16));
    setFixedHeight(measure::toolBar);

    addRun(actions[ActionId::Run], look);
    addButton(actions[ActionId::RunWithInput], "outlined", Face::Text, "runInputButton");
    addButton(actions[ActionId::Pause], "outlined", Face::Icon, "pauseButton");
    addButton(actions[ActionId::Step], "outlined", Face::Text, "stepButton");
    addButton(actions[ActionId::Stop], "danger", Face::Both, "stopButton");
    addSeparator();
    addButton(actions[ActionId::Undo], nullptr, Face::Both, "undoButton");
    addButton(actions[ActionId::Redo], nullptr, Face::Both, "redoButton");
    addSeparator();
    addButton(actions[ActionId::TidyUp], nullptr, Face::Both, "tidyButton");
    addButton(actions[ActionId::Fit], nullptr, Face::Both, "fitButton");
    addZoom(actions);

    auto *gap = new QWidget(this);
    gap->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    addWidget(gap);
    addSearch(actions[ActionId::Search], look);
    addWidget(m_pill);
}

/// Not the action's own face: on the accent the icon needs another colour, and the key is shown.
void MainToolBar::addRun(QAction *action, Look *look)
{
    auto *run = new QToolButton(this);
    run->setObjectName(QStringLiteral("runButton"));
    run->setProperty("kind", QStringLiteral("primary"));
    run->setFocusPolicy(Qt::TabFocus);
    run->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    const auto refresh = [run, action, look] {
        const QString key = action->shortcut().toString(QKeySequence::NativeText);
        run->setText(action->text().remove(u'&') + QStringLiteral("  ") + key);
        run->setToolTip(action->toolTip());
        run->setEnabled(action->isEnabled());
        run->setIcon(look->icon(QStringLiteral("play"), action->isEnabled() ? Role::OnAccent : Role::Muted));
    };
    connect(action, &QAction::changed, run, refresh);
    connect(run, &QToolButton::clicked, action, &QAction::trigger);
    refresh();
    addWidget(run);
}

QToolButton *MainToolBar::addButton(QAction *action, const char *kind, Face face, const char *name)
{
    auto *button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setObjectName(QString::fromLatin1(name));
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolButtonStyle(face == Face::Both   ? Qt::ToolButtonTextBesideIcon
                               : face == Face::Text ? Qt::ToolButtonTextOnly
                                                    : Qt::ToolButtonIconOnly);
    if (kind)
        button->setProperty("kind", QString::fromLatin1(kind));
    addWidget(button);
    return button;
}

void MainToolBar::addZoom(const Actions &actions)
{
    m_zoom = new QToolButton(this);
    m_zoom->setObjectName(QStringLiteral("zoomButton"));
    m_zoom->setToolTip(tr("Zoom"));
    m_zoom->setPopupMode(QToolButton::InstantPopup);
    m_zoom->setFocusPolicy(Qt::TabFocus);
    auto *menu = new QMenu(m_zoom);
    for (const int percent : {50, 75, 100, 150, 200})
        menu->addAction(tr("%1 %").arg(percent), this, [this, percent] { Q_EMIT zoomRequested(percent / 100.0); });
    menu->addSeparator();
    menu->addAction(actions[ActionId::ZoomIn]);
    menu->addAction(actions[ActionId::ZoomOut]);
    menu->addAction(actions[ActionId::Fit]);
    m_zoom->setMenu(menu);
    m_zoom->setMinimumWidth(64);
    addWidget(m_zoom);
    setZoom(1);
}

void MainToolBar::setZoom(double zoom)
{
    m_zoom->setText(tr("%1 %").arg(formatNumber(qRound(zoom * 100))));
}

void MainToolBar::addSearch(QAction *action, Look *look)
{
    auto *search = new SearchButton(action, look, this);
    addWidget(search);
}

} // namespace flow
