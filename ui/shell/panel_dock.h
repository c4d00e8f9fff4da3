// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDockWidget>

namespace flow {

/// A dock of the main window. Tabbed with others it shows no title of its own, because its tab says it already; it
/// keeps one where it stands alone or floats, so that it can be dragged. GUI thread.
class PanelDock : public QDockWidget
{
    Q_OBJECT

public:
    enum class Title { WhenAlone, Never };

    PanelDock(const QString &name, const QString &title, QWidget *panel, Title kind, QWidget *parent);

private:
    void refreshTitle();

    Title m_kind;
};

} // namespace flow
