// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/shell_context.h"

#include <QList>
#include <QObject>
#include <QPointer>

#include <functional>

namespace flow {

class FlowTab;
class SaveController;

/// Asks before work is lost: Save, Discard or Cancel, for one flow or for several at once. GUI thread.
class UnsavedGuard : public QObject
{
    Q_OBJECT

public:
    UnsavedGuard(const ShellContext &context, SaveController *saver, QObject *parent = nullptr);

    /// Calls `proceed` when nothing of these tabs would be lost, or when losing it was chosen; else nothing happens.
    void confirm(const QList<FlowTab *> &tabs, std::function<void()> proceed);

private:
    void saveNext(QList<QPointer<FlowTab>> tabs, std::function<void()> proceed);

    ShellContext m_context;
    SaveController *m_saver;
};

} // namespace flow
