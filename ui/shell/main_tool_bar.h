// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/actions.h"

#include <QToolBar>

class QToolButton;

namespace flow {

class ServerPill;

/// Run and stop, undo, arranging and zoom, search, and the state of the REST server. GUI thread.
class MainToolBar : public QToolBar
{
    Q_OBJECT

public:
    MainToolBar(const Actions &actions, Look *look, QWidget *parent = nullptr);

    ServerPill *serverPill() const { return m_pill; }
    void setZoom(double zoom);

Q_SIGNALS:
    void zoomRequested(double zoom);

private:
    enum class Face { Icon, Text, Both };
    void addRun(QAction *action, Look *look);
    QToolButton *addButton(QAction *action, const char *kind, Face face, const char *name);
    void addZoom(const Actions &actions);
    void addSearch(QAction *action, Look *look);

    QToolButton *m_zoom;
    ServerPill *m_pill;
};

} // namespace flow
