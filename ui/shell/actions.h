// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"

#include <QAction>
#include <QMap>

namespace flow {

enum class ActionId {
    NewFlow,
    Open,
    OpenExample,
    Save,
    SaveAs,
    Import,
    Export,
    ExportForReference,
    CloseTab,
    Quit,
    Undo,
    Redo,
    Cut,
    Copy,
    Paste,
    Duplicate,
    Delete,
    SelectAll,
    Rename,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    Fit,
    TidyUp,
    ThemeSystem,
    ThemeLight,
    ThemeDark,
    ResetLayout,
    Run,
    RunWithInput,
    Pause,
    Step,
    Stop,
    EditContext,
    ForceResult,
    Breakpoint,
    ClearBreakpoints,
    ClearRun,
    Search,
    RestServer,
    Settings,
    About,
};

/// Every action of the window, made from one table: id, text, shortcut, icon, hint. Who joins the window's parts
/// connects them. GUI thread.
class Actions : public QObject
{
    Q_OBJECT

public:
    explicit Actions(Look *look, QObject *parent = nullptr);

    QAction *operator[](ActionId id) const { return m_actions.value(id); }
    QList<QAction *> all() const { return m_actions.values(); }

    /// Those that belong to the canvas: their keys work only while it has the focus.
    QList<QAction *> ofCanvas() const;

private:
    QMap<ActionId, QAction *> m_actions;
};

} // namespace flow
