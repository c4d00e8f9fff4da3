// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/panel_dock.h"

#include <QMainWindow>

namespace flow {

PanelDock::PanelDock(const QString &name, const QString &title, QWidget *panel, Title kind, QWidget *parent)
    : QDockWidget(title, parent)
    , m_kind(kind)
{
    setObjectName(name);
    setWidget(panel);
    setFeatures(DockWidgetClosable | DockWidgetMovable | DockWidgetFloatable);
    connect(this, &QDockWidget::topLevelChanged, this, &PanelDock::refreshTitle);
    connect(this, &QDockWidget::dockLocationChanged, this, &PanelDock::refreshTitle);
    connect(this, &QDockWidget::visibilityChanged, this, &PanelDock::refreshTitle);
}

void PanelDock::refreshTitle()
{
    const auto *window = qobject_cast<QMainWindow *>(parentWidget());
    const bool tabbed = window && !window->tabifiedDockWidgets(this).isEmpty();
    const bool hidden = !isFloating() && (tabbed || m_kind == Title::Never);
    if (hidden == (titleBarWidget() != nullptr))
        return;
    if (hidden) {
        auto *none = new QWidget(this);
        none->setFixedHeight(0);
        setTitleBarWidget(none);
    } else {
        QWidget *old = titleBarWidget();
        setTitleBarWidget(nullptr);
        delete old;
    }
}

} // namespace flow
