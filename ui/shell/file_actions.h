// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/actions.h"
#include "shell/shell_context.h"

#include <QPointer>

namespace flow {

class FlowTab;
class OpenController;
class SaveController;
class UnsavedGuard;
class WindowState;

/// Joins the actions of the File menu with what opens, saves and closes, and remembers the files opened lately. GUI
/// thread.
class FileActions : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        OpenController *opener = nullptr;
        SaveController *saver = nullptr;
        UnsavedGuard *guard = nullptr;
        WindowState *state = nullptr;
    };
    FileActions(const ShellContext &context, const Actions &actions, const Parts &parts, QObject *parent = nullptr);

    void setTab(FlowTab *tab);                ///< may be null
    void close(const QList<FlowTab *> &tabs); ///< after a question where work would be lost

Q_SIGNALS:
    void recentChanged(const QStringList &paths);

private:
    void connectOpening();
    void connectSaving();
    void refresh();

    ShellContext m_context;
    const Actions &m_actions;
    Parts m_parts;
    QPointer<FlowTab> m_tab;
};

} // namespace flow
