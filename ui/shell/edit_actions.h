// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/actions.h"

#include <QPointer>

namespace flow {

class FlowTab;

/// Joins the actions that edit and view with the current tab, and keeps them enabled when they would do something. GUI
/// thread.
class EditActions : public QObject
{
    Q_OBJECT

public:
    explicit EditActions(const Actions &actions, QObject *parent = nullptr);

    void setTab(FlowTab *tab); ///< may be null

Q_SIGNALS:
    void zoomChanged(double zoom);
    void said(const QString &text);

private:
    void connectEdits();
    void connectViews();
    void refresh();
    void refreshUndo();
    void copy();
    void paste();
    void selectAll();
    void rename();

    const Actions &m_actions;
    QPointer<FlowTab> m_tab;
};

} // namespace flow
