// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/unsaved_guard.h"

#include "shell/document_tabs.h"
#include "shell/questions.h"
#include "shell/save_controller.h"

namespace flow {

UnsavedGuard::UnsavedGuard(const ShellContext &context, SaveController *saver, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_saver(saver)
{
}

void UnsavedGuard::confirm(const QList<FlowTab *> &tabs, std::function<void()> proceed)
{
    QList<QPointer<FlowTab>> unsaved;
    QStringList names;
    for (FlowTab *tab : tabs) {
        if (tab->document()->isReadOnly() || !tab->document()->isModified())
            continue;
        unsaved.append(tab);
        names.append(QStringLiteral("“%1”").arg(tab->document()->flow().name));
    }
    if (unsaved.isEmpty())
        return proceed();

    if (unsaved.size() == 1)
        m_context.tabs->activate(unsaved.first());
    const bool one = unsaved.size() == 1;
    const QString text = one ? tr("Save the changes to %1?").arg(names.first())
                             : tr("Save the changes to %n flow(s)?", nullptr, static_cast<int>(unsaved.size()));
    const QString detail = one ? tr("Otherwise what was drawn since it was last saved is lost.")
                               : tr("Not saved: %1. Otherwise what was drawn since is lost.").arg(names.join(tr(", ")));
    ask(m_context.window, QMessageBox::Question, text, detail,
        {{.label = one ? tr("Save") : tr("Save all"),
          .role = QMessageBox::AcceptRole,
          .action = [this, unsaved, proceed] { saveNext(unsaved, proceed); },
          .isDefault = true},
         {.label = one ? tr("Discard") : tr("Discard all"), .role = QMessageBox::DestructiveRole, .action = proceed},
         {.label = tr("Cancel"), .role = QMessageBox::RejectRole}});
}

/// One after the other, because each may ask for a name; stops at the first that was not saved.
void UnsavedGuard::saveNext(QList<QPointer<FlowTab>> tabs, std::function<void()> proceed)
{
    while (!tabs.isEmpty() && !tabs.first())
        tabs.removeFirst();
    if (tabs.isEmpty())
        return proceed();
    FlowTab *next = tabs.takeFirst();
    m_saver->save(next, [this, tabs, proceed](bool saved) {
        if (saved)
            saveNext(tabs, proceed);
    });
}

} // namespace flow
