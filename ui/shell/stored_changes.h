// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/stored_flow.h"
#include "shell/shell_context.h"

#include <QObject>

namespace flow {

class FlowService;
class FlowTab;
class SaveController;

/// Keeps open flows of the library in step with what REST, an import or another part of the program saves: a flow
/// without changes of its own shows the new version at once, as a step that can be undone; one with changes keeps them,
/// and its person is told. Programs beside this one are met when saving (SaveController). GUI thread.
class StoredChanges : public QObject
{
    Q_OBJECT

public:
    StoredChanges(const ShellContext &context, const SaveController *saver, QObject *parent = nullptr);

Q_SIGNALS:
    void said(const QString &text);

private:
    void follow(FlowService *service);
    void flowSaved(const FlowId &id, int version);
    FlowTab *tabBehind(const FlowId &id, int version) const;
    void show(FlowTab *tab, const StoredFlow &flow);

    ShellContext m_context;
    const SaveController *m_saver;
};

} // namespace flow
