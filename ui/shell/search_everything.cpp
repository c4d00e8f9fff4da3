// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/search_everything.h"

#include "shell/document_tabs.h"
#include "shell/open_controller.h"

#include <QCoreApplication>

namespace flow {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SearchEverything)
};

void addTasks(QList<Command> &commands, const ShellContext &context)
{
    FlowTab *tab = context.tabs->current();
    if (!tab)
        return;
    for (const Task &task : tab->document()->flow().tasks) {
        const TaskType type = context.types->value(task.typeName());
        commands.append({Words::tr("Task"), task.name, type.title.isEmpty() ? task.typeName() : type.title,
                         type.icon.isEmpty() ? QStringLiteral("task") : type.icon,
                         [tab = QPointer<FlowTab>(tab), name = task.name] {
                             if (tab)
                                 tab->canvas()->revealTask(name);
                         }});
    }
}

void addFlows(QList<Command> &commands, const QList<StoredFlow> &flows, OpenController *opener)
{
    for (const StoredFlow &flow : flows) {
        commands.append(
            {Words::tr("Flow"), flow.file.flow.name, {}, QStringLiteral("flow"), [opener, id = flow.file.flow.id] {
                 opener->openFromLibrary(id);
             }});
    }
}

void addActions(QList<Command> &commands, const Actions &actions)
{
    for (QAction *action : actions.all()) {
        if (!action->isEnabled() || action == actions[ActionId::Search])
            continue;
        commands.append({Words::tr("Command"), action->text().remove(u'&').remove(QStringLiteral("...")),
                         action->shortcut().toString(QKeySequence::NativeText), QStringLiteral("chevron-right"),
                         [action] { action->trigger(); }});
    }
}

} // namespace

QList<Command> everything(const ShellContext &context, const Actions &actions, const QList<StoredFlow> &flows,
                          OpenController *opener)
{
    QList<Command> commands;
    addTasks(commands, context);
    addFlows(commands, flows, opener);
    addActions(commands, actions);
    return commands;
}

} // namespace flow
