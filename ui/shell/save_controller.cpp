// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/save_controller.h"

#include "base/ids.h"
#include "base/json_reader.h"
#include "model/flow_limits.h"
#include "shell/background.h"
#include "shell/document_tabs.h"
#include "shell/error_list_dialog.h"
#include "shell/file_names.h"
#include "shell/library_save.h"
#include "shell/name_dialog.h"
#include "shell/questions.h"
#include "shell/service_handle.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QPointer>

namespace flow {

namespace {

void call(const SaveController::Done &done, bool saved)
{
    if (done)
        done(saved);
}

} // namespace

SaveController::SaveController(const ShellContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{
}

void SaveController::save(FlowTab *tab, Done done)
{
    if (tab->document()->isReadOnly())
        return call(done, true);
    if (refuseUnreadable(tab, done))
        return;
    switch (tab->document()->home().kind) {
    case DocumentHome::Kind::File:
        return toFile(tab, tab->document()->home().filePath, done);
    case DocumentHome::Kind::Library:
        return toLibrary(tab, done);
    case DocumentHome::Kind::None:
        return askName(tab, done);
    }
}

/// A file that could not be opened again is worth nothing: says what is missing instead.
bool SaveController::refuseUnreadable(FlowTab *tab, const Done &done)
{
    if (refuseUnfinished(tab, done))
        return true;
    const FlowFileReading reading = readFlowFile(tab->document()->bytes());
    if (reading.ok())
        return false;
    auto *dialog = new ErrorListDialog(tr("“%1” cannot be saved yet").arg(tab->document()->flow().name),
                                       tr("It is not a whole flow. Mend this first:"),
                                       ErrorListDialog::linesOf(reading.errors), m_context.look, m_context.window);
    if (tab->document()->flow().tasks.isEmpty())
        dialog->findChild<QWidget *>(QStringLiteral("problems"))
            ->setToolTip(tr("Drag a task from the list onto the canvas."));
    dialog->open();
    call(done, false);
    return true;
}

/// What is typed and is no value yet would silently not be in the file.
bool SaveController::refuseUnfinished(FlowTab *tab, const Done &done)
{
    QStringList lines;
    for (const Issue &issue : tab->document()->unfinishedIssues())
        lines << issue.text;
    if (lines.isEmpty())
        return false;
    auto *dialog = new ErrorListDialog(tr("“%1” cannot be saved yet").arg(tab->document()->flow().name),
                                       tr("These fields are not finished. Finish them or take back what was typed:"),
                                       lines, m_context.look, m_context.window);
    dialog->open();
    call(done, false);
    return true;
}

void SaveController::askName(FlowTab *tab, const Done &done)
{
    auto *dialog = new NameDialog(tab->document()->flow().name, m_context.look, m_context.window);
    connect(dialog, &QDialog::finished, this, [this, dialog, tab = QPointer<FlowTab>(tab), done](int answer) {
        if (!tab || answer == QDialog::Rejected)
            return call(done, false);
        if (answer == NameDialog::ToFile)
            return saveAs(tab, done);
        Flow named = tab->document()->flow();
        named.name = dialog->name();
        if (named.name != tab->document()->flow().name)
            tab->document()->changeFlow(named, QStringLiteral("name"));
        toLibrary(tab, done);
    });
    dialog->open();
}

void SaveController::toLibrary(FlowTab *tab, const Done &done)
{
    FlowService *service = m_context.service->service();
    if (!service) {
        tell(m_context.window, tr("The library is not open yet"),
             {.code = ErrorCode::NotAllowed, .reason = tr("try again in a moment, or save to a file")});
        return call(done, false);
    }
    const FlowFile file = tab->document()->file();
    const DocumentHome &home = tab->document()->home();
    const bool isSame = home.kind == DocumentHome::Kind::Library && home.flowId == file.flow.id;
    toLibrary(tab, file, isSame ? home.version : 0, done);
}

void SaveController::toLibrary(FlowTab *tab, const FlowFile &file, int basedOn, const Done &done)
{
    FlowService *service = m_context.service->service();
    m_saving.insert(tab);
    const auto saving = service->async(
        [service, file, basedOn, ownRun = tab->firstRun()] { return saveToLibrary(service, file, basedOn, ownRun); });
    const auto take = [this, file, basedOn, key = tab, kept = QPointer<FlowTab>(tab), done](const LibrarySave &save) {
        m_saving.remove(key);
        if (save.stored)
            return finish(kept, file, libraryHome(file.flow.id, save.stored->version), done);
        if (save.other && kept)
            return askAboutOther(kept, basedOn, *save.other, done);
        tell(m_context.window, tr("“%1” was not saved").arg(file.flow.name), save.stored.error());
        call(done, false);
    };
    whenReady(saving, this, take);
}

/// Somebody else's work is under the id: REST, flowctl or another window has saved it, or the flow came from a file or
/// an example.
void SaveController::askAboutOther(FlowTab *tab, int basedOn, const StoredFlow &other, const Done &done)
{
    const QString name = tab->document()->flow().name;
    const QString text =
        basedOn > 0 ? tr("“%1” was saved elsewhere meanwhile").arg(name) : tr("The library already has this flow");
    QString detail = basedOn > 0 ? tr("Your changes stand on version %1, the library now has version %2.")
                                       .arg(QString::number(basedOn), QString::number(other.version))
                                 : tr("It is called “%1” there (id %2) and stands at version %3.")
                                       .arg(other.file.flow.name, other.file.flow.id, QString::number(other.version));
    detail +=
        u' ' + tr("Saving a copy keeps both. Replacing it makes yours version %1; runs of the other keep what ran.")
                   .arg(other.version + 1);
    const QPointer<FlowTab> kept(tab);
    const auto replace = [this, kept, version = other.version, done] {
        if (kept && m_context.service->service())
            toLibrary(kept, kept->document()->file(), version, done);
        else
            call(done, false);
    };
    const auto copy = [this, kept, done] {
        if (!kept || !m_context.service->service())
            return call(done, false);
        Flow own = kept->document()->flow();
        own.id = newFlowId();
        const QString suffix = tr(" (copy)");
        own.name = leftCharacters(own.name, limits::flowName - suffix.size()) + suffix;
        kept->document()->changeFlow(own, QStringLiteral("id"));
        toLibrary(kept, done);
    };
    ask(m_context.window, QMessageBox::Question, text, detail,
        {{.label = tr("Save a copy"), .role = QMessageBox::AcceptRole, .action = copy, .isDefault = true},
         {.label = tr("Replace"), .role = QMessageBox::DestructiveRole, .action = replace},
         {.label = tr("Cancel"), .role = QMessageBox::RejectRole, .action = [done] { call(done, false); }}});
}

void SaveController::toFile(FlowTab *tab, const QString &path, const Done &done)
{
    const FlowFile file = tab->document()->file();
    inBackground(
        this, [path, file] { return saveFlowFile(path, file); },
        [this, path, file, tab = QPointer<FlowTab>(tab), done](const Result<void> &written) {
            if (!written) {
                tell(m_context.window, tr("“%1” was not saved").arg(file.flow.name), written.error());
                return call(done, false);
            }
            Q_EMIT fileWritten(path);
            finish(tab, file, {DocumentHome::Kind::File, path}, done);
        });
}

void SaveController::finish(FlowTab *tab, const FlowFile &written, const DocumentHome &home, const Done &done)
{
    if (tab) {
        // What was drawn while the writing went on is not saved.
        const bool changedMeanwhile = tab->document()->file() != written;
        tab->document()->setHome(home);
        if (changedMeanwhile)
            tab->document()->undoStack()->resetClean();
        Q_EMIT saved(tab);
    }
    call(done, true);
}

void SaveController::saveAs(FlowTab *tab, Done done)
{
    if (refuseUnreadable(tab, done))
        return;
    choosePath(
        tr("Save as file"), fileNameFor(tab->document()->flow().name, QStringLiteral(".flow.json")),
        [this, tab = QPointer<FlowTab>(tab), done](const QString &path) {
            if (tab)
                toFile(tab, path, done);
        },
        [done] { call(done, false); });
}

void SaveController::exportCopy(const FlowFile &file)
{
    choosePath(tr("Export a copy"), fileNameFor(file.flow.name, QStringLiteral(".flow.json")),
               [this, file](const QString &path) {
                   inBackground(
                       this, [path, file] { return saveFlowFile(path, file); },
                       [this, path, file](const Result<void> &written) {
                           if (!written)
                               return tell(m_context.window, tr("“%1” was not exported").arg(file.flow.name),
                                           written.error());
                           Q_EMIT said(tr("Exported to %1").arg(QDir::toNativeSeparators(path)));
                       });
               });
}

void SaveController::exportForReference(const FlowFile &file)
{
    const ReferenceExport exported = flow::exportForReference(file.flow);
    choosePath(tr("Export for the reference"), fileNameFor(file.flow.name, QStringLiteral(".json")),
               [this, file, exported](const QString &path) {
                   inBackground(
                       this, [path, exported] { return saveText(path, exported.json); },
                       [this, path, file, exported](const Result<void> &written) {
                           if (!written)
                               return tell(m_context.window, tr("“%1” was not exported").arg(file.flow.name),
                                           written.error());
                           Q_EMIT said(tr("Exported to %1").arg(QDir::toNativeSeparators(path)));
                           if (exported.dropped.isEmpty())
                               return;
                           auto *dialog = new ErrorListDialog(tr("Exported “%1” without %n thing(s)", nullptr,
                                                                 static_cast<int>(exported.dropped.size()))
                                                                  .arg(file.flow.name),
                                                              tr("The reference does not know these, so they were left "
                                                                 "out of the copy. Your flow is unchanged."),
                                                              exported.dropped, m_context.look, m_context.window);
                           dialog->open();
                       });
               });
}

void SaveController::choosePath(const QString &title, const QString &name, std::function<void(const QString &)> then,
                                std::function<void()> cancelled)
{
    auto *dialog = new QFileDialog(m_context.window, title, QDir::homePath(),
                                   tr("Flows (*.flow.json *.json)") + QStringLiteral(";;") + tr("All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(name);
    connect(dialog, &QFileDialog::fileSelected, this, [then](const QString &path) {
        then(QFileInfo(path).suffix().isEmpty() ? path + QStringLiteral(".flow.json") : path);
    });
    if (cancelled)
        connect(dialog, &QDialog::rejected, this, cancelled);
    dialog->open();
}

} // namespace flow
