// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/close_window.h"

#include "shell/document_tabs.h"
#include "shell/questions.h"
#include "shell/service_handle.h"
#include "shell/unsaved_guard.h"

#include <QCoreApplication>

namespace flow {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CloseWindow)
};

} // namespace

void askToClose(const ShellContext &context, UnsavedGuard *guard, std::function<void()> close)
{
    const auto guardWork = [context, guard, close] { guard->confirm(context.tabs->modified(), close); };
    const FlowService *service = context.service->service();
    const int running = service ? service->runningExecutions() : 0;
    if (running == 0)
        return guardWork();
    ask(context.window, QMessageBox::Question, Words::tr("%n flow(s) are still running", nullptr, running),
        Words::tr("They are stopped when the program ends, and stand in the history as stopped."),
        {{.label = Words::tr("Stop and quit"), .role = QMessageBox::DestructiveRole, .action = guardWork},
         {.label = Words::tr("Keep running"), .role = QMessageBox::RejectRole, .isDefault = true}});
}

} // namespace flow
