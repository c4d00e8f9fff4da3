// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/resume_controller.h"

#include "document/breakpoint_list.h"
#include "look/format.h"
#include "shell/background.h"
#include "shell/flow_tab.h"
#include "shell/interrupted_run.h"
#include "shell/questions.h"
#include "shell/service_handle.h"

#include <QMenu>

namespace flow {

ResumeController::ResumeController(const ShellContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{
}

bool ResumeController::canResume(const FlowTab *tab) const
{
    return tab && m_context.service->service() && tab->pastRun() && !tab->run().isActive() &&
           tab->run().trace.status != ExecutionStatus::Completed;
}

void ResumeController::resume(FlowTab *tab)
{
    if (canResume(tab))
        resume(tab->run().id, {.breakpoints = tab->canvas()->breakpoints()->all()});
}

void ResumeController::resume(ExecutionId id, const ResumeOptions &options)
{
    FlowService *service = m_context.service->service();
    if (!service)
        return;
    if (options.pause || !options.fromTask.isEmpty()) // the person has seen to it
        return begin(id, options);
    whenReady(service->async([service, id] { return interruptedRun(service, id); }), this,
              [this, id, options](const Result<std::optional<InterruptedRun>> &run) {
                  if (!run || !*run)
                      return begin(id, options);
                  const auto pauseThere = [this, id, options] {
                      ResumeOptions paused = options;
                      paused.pause = true;
                      begin(id, paused);
                  };
                  askAboutInterrupted(m_context.window, **run, Again::Resumed, pauseThere,
                                      [this, id, options] { begin(id, options); });
              });
}

void ResumeController::begin(ExecutionId id, const ResumeOptions &options)
{
    FlowService *service = m_context.service->service();
    if (!service)
        return;
    whenReady(service->async([service, id, options] { return service->resume(id, options); }), this,
              [this, id](const Result<ExecutionId> &started) {
                  if (started)
                      Q_EMIT resumed(*started);
                  else
                      tell(m_context.window, tr("Run %1 was not resumed").arg(formatNumber(id)), started.error());
              });
}

void ResumeController::offer(QMenu *menu, const FlowTab *tab, const QString &task)
{
    const TabRun &run = tab->run();
    if (!run.id || run.isActive())
        return;
    const Flow &flow = tab->document()->flow();
    const bool ran = run.trace.tasks.contains(task) && task != flow.failureTask && task != flow.finalTask;
    const auto add = [&](const QString &text, bool newest) {
        ResumeOptions options{.fromTask = task, .newestRevision = newest};
        if (tab->pastRun() && !newest)
            options.breakpoints = tab->canvas()->breakpoints()->all();
        QAction *action = menu->addAction(m_context.look->icon(QStringLiteral("play")), text, this,
                                          [this, id = run.id, options] { resume(id, options); });
        action->setEnabled(ran);
    };
    menu->addSeparator();
    add(tr("Resume run %1 from here").arg(formatNumber(run.id)), false);
    add(tr("Resume it from here with the flow as saved now"), true);
}

} // namespace flow
