// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/open_controller.h"

#include "base/ids.h"
#include "base/json_reader.h"
#include "model/auto_layout.h"
#include "model/flow_limits.h"
#include "shell/background.h"
#include "shell/document_tabs.h"
#include "shell/error_list_dialog.h"
#include "shell/questions.h"
#include "shell/service_handle.h"

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QTimer>

/// The library is static: its resources come along only when asked for.
static void initExamples()
{
    Q_INIT_RESOURCE(examples);
}

namespace flow {

namespace {

QString filter()
{
    return OpenController::tr("Flows (*.flow.json *.json)") + QStringLiteral(";;") +
           OpenController::tr("All files (*)");
}

void choose(QWidget *window, const QString &title, QObject *context, std::function<void(const QString &)> then)
{
    auto *dialog = new QFileDialog(window, title, QDir::homePath(), filter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    QObject::connect(dialog, &QFileDialog::filesSelected, context, [then](const QStringList &paths) {
        for (const QString &path : paths)
            then(path);
    });
    dialog->open();
}

} // namespace

OpenController::OpenController(const ShellContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{
}

FlowTab *OpenController::show(const FlowFile &file, const DocumentHome &home, bool modified)
{
    FlowFile placed = file;
    placed.layout = completeLayout(file.flow, file.layout);
    auto document =
        std::make_unique<FlowDocument>(home.kind == DocumentHome::Kind::None ? placed : file, home, m_context.types);
    if (modified)
        document->undoStack()->resetClean();
    FlowTab *tab = m_context.tabs->add(std::move(document));
    // Once the tab has its size.
    QTimer::singleShot(0, tab->canvas(), [canvas = tab->canvas()] { canvas->fit(); });
    return tab;
}

QString OpenController::freeName() const
{
    QStringList taken;
    for (const FlowTab *tab : m_context.tabs->all())
        taken.append(tab->document()->flow().name);
    QString name = tr("New flow");
    for (int number = 2; taken.contains(name); ++number)
        name = tr("New flow %1").arg(number);
    return name;
}

FlowTab *OpenController::newFlow()
{
    FlowFile file;
    file.flow.id = newFlowId();
    file.flow.name = freeName();
    return show(file, {});
}

void OpenController::chooseFiles()
{
    choose(m_context.window, tr("Open a flow"), this, [this](const QString &path) { openFile(path); });
}

void OpenController::chooseImport()
{
    choose(m_context.window, tr("Import into the library"), this, [this](const QString &path) { importFile(path); });
}

/// Calls `then` with the file's content, or lists everything that is wrong with it.
void OpenController::read(const QString &path, std::function<void(const FlowFile &)> then)
{
    if (m_reads.contains(path))
        return;
    const int ticket = m_reads.begin(path, QFileInfo(path).fileName());
    inBackground(
        this, [path] { return loadFlowFile(path); },
        [this, path, ticket, then](const FlowFileReading &reading) {
            if (!m_reads.end(path, ticket))
                return;
            if (reading.ok())
                return then(reading.file);
            if (!QFile::exists(path))
                Q_EMIT fileMissing(path);
            auto *dialog =
                new ErrorListDialog(tr("%1 cannot be opened").arg(QFileInfo(path).fileName()),
                                    tr("It has %n problem(s). Mend the file in a text editor, then open it again.",
                                       nullptr, static_cast<int>(reading.errors.size())),
                                    ErrorListDialog::linesOf(reading.errors), m_context.look, m_context.window);
            dialog->open();
        });
}

void OpenController::openFile(const QString &path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    if (FlowTab *open = m_context.tabs->ofFile(absolute))
        return m_context.tabs->activate(open);
    read(absolute, [this, absolute](const FlowFile &file) {
        show(file, {DocumentHome::Kind::File, absolute});
        Q_EMIT fileOpened(absolute);
    });
}

void OpenController::openFromLibrary(const FlowId &id)
{
    if (FlowTab *open = m_context.tabs->ofLibraryFlow(id))
        return m_context.tabs->activate(open);
    FlowService *service = m_context.service->service();
    if (!service || m_reads.contains(id))
        return;
    const int ticket = m_reads.begin(id, tr("the flow"));
    whenReady(service->async([service, id] { return service->flow(id); }), this,
              [this, id, ticket](const Result<StoredFlow> &flow) {
                  if (!m_reads.end(id, ticket))
                      return;
                  if (!flow)
                      return tell(m_context.window, tr("The flow cannot be opened"), flow.error());
                  show(flow->file, libraryHome(flow->file.flow.id, flow->version));
              });
}

void OpenController::openExample()
{
    initExamples();
    QFile file(QStringLiteral(":/flow/examples/flow123.flow.json"));
    [[maybe_unused]] const bool open = file.open(QIODevice::ReadOnly);
    Q_ASSERT(open);
    const FlowFileReading reading = readFlowFile(file.readAll(), QFileInfo(file).fileName());
    Q_ASSERT(reading.ok());
    if (FlowTab *tab = m_context.tabs->ofLibraryFlow(reading.file.flow.id))
        return m_context.tabs->activate(tab);
    for (FlowTab *tab : m_context.tabs->all()) {
        if (tab->document()->flow().id == reading.file.flow.id && !tab->pastRun())
            return m_context.tabs->activate(tab);
    }
    show(reading.file, {});
}

void OpenController::importFile(const QString &path)
{
    FlowService *service = m_context.service->service();
    if (!service)
        return;
    read(path, [this, service](const FlowFile &file) {
        const auto known = service->async([service, id = file.flow.id] { return service->flowSummary(id); });
        whenReady(known, this, [this, file](const Result<StoredFlow> &flow) {
            if (flow)
                askAboutKnown(file, flow->file.flow.name);
            else if (flow.error().code == ErrorCode::NotFound)
                importInto(file, false);
            else
                tell(m_context.window, tr("%1 cannot be imported").arg(file.flow.name), flow.error());
        });
    });
}

void OpenController::askAboutKnown(const FlowFile &file, const QString &knownName)
{
    const auto keepBoth = [this, file] {
        FlowFile copy = file;
        copy.flow.id = newFlowId();
        const QString suffix = tr(" (copy)");
        copy.flow.name = leftCharacters(copy.flow.name, limits::flowName - suffix.size()) + suffix;
        importInto(copy, false);
    };
    ask(m_context.window, QMessageBox::Question, tr("The library already has this flow"),
        tr("It is called “%1” there (id %2). Replacing it saves the file as its next version; its history stays.")
            .arg(knownName, file.flow.id),
        {{.label = tr("Keep both"), .role = QMessageBox::AcceptRole, .action = keepBoth, .isDefault = true},
         {.label = tr("Replace"),
          .role = QMessageBox::DestructiveRole,
          .action = [this, file] { importInto(file, true); }},
         {.label = tr("Cancel"), .role = QMessageBox::RejectRole}});
}

void OpenController::importInto(const FlowFile &file, bool replace)
{
    FlowService *service = m_context.service->service();
    if (!service)
        return;
    const auto saved = service->async(
        [service, file, replace] { return replace ? service->saveFlow(file) : service->createFlow(file); });
    whenReady(saved, this, [this, file](const Result<StoredFlow> &flow) {
        if (!flow)
            return tell(m_context.window, tr("%1 cannot be imported").arg(file.flow.name), flow.error());
        // An open tab keeps what is on its canvas; the file's content is the library's next version.
        openFromLibrary(flow->file.flow.id);
        Q_EMIT said(tr("Imported “%1” into the library").arg(flow->file.flow.name));
    });
}

} // namespace flow
