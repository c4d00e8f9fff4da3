// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/close_window.h"

#include "shell/document_tabs.h"
#include "shell/questions.h"
#include "shell/service_handle.h"
#include "shell/unsaved_guard.h"

#include <QCoreApplication>

namespace flow {

void askToClose(const ShellContext &context, UnsavedGuard *guard, std::function<void()> close)
{
    const auto guardWork = [context, guard, close] { guard->confirm(context.tabs->modified(), close); };
    const FlowService *service = context.service->service();
    const int running = service ? service->runningExecutions() : 0;
    if (running == 0)
        return guardWork();
    const auto tr = [](const char *text, int n = -1) { return QCoreApplication::translate("CloseWindow", text, nullptr, n); };
    ask(context.window, QMessageBox::Question, tr("%n flow(s) are still running", running),
        tr("They are stopped when the program ends, and stand in the history as stopped."),
        {{.label = tr("Stop and quit"), .role = QMessageBox::DestructiveRole, .action = guardWork},
         {.label = tr("Keep running"), .role = QMessageBox::RejectRole, .isDefault = true}});
}

} // namespace flow
