// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/flow_tab.h"

#include "look/format.h"
#include "shell/run_banner.h"

#include <QVBoxLayout>

namespace flow {

namespace {

/// Whether the records know of something that has not been told here: the run was opened while it went on. They may
/// also be older than what was.
bool knowMore(const ExecutionTrace &records, const ExecutionTrace &shown)
{
    if (isFinished(shown.status) || records.lastStarted < shown.lastStarted || records.lastEnded < shown.lastEnded)
        return false;
    if (records.status == ExecutionStatus::Pending && shown.status == ExecutionStatus::Running)
        return false;
    return records.status != shown.status || records.lastStarted > shown.lastStarted ||
           records.lastEnded > shown.lastEnded;
}

} // namespace

FlowTab::FlowTab(std::unique_ptr<FlowDocument> document, Look *look, QWidget *parent)
    : QWidget(parent)
    , m_document(std::move(document))
    , m_canvas(new CanvasView(m_document.get(), look, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new RunBanner(this, look));
    layout->addWidget(m_canvas, 1);
    setFocusProxy(m_canvas);
    connect(m_document.get(), &FlowDocument::modifiedChanged, this, &FlowTab::titleChanged);
    connect(m_document.get(), &FlowDocument::homeChanged, this, &FlowTab::titleChanged);
    connect(m_document.get(), &FlowDocument::contentChanged, this, &FlowTab::titleChanged);
}

FlowTab::~FlowTab()
{
    delete m_canvas; // before the document that it shows
}

QString FlowTab::title() const
{
    const QString name = m_document->flow().name.isEmpty() ? tr("Flow without a name") : m_document->flow().name;
    if (pastRun())
        return tr("Run %1 · %2").arg(formatNumber(m_run.id), name);
    return m_document->isModified() ? name + unsavedSign() : name;
}

QString FlowTab::toolTip() const
{
    const DocumentHome &home = m_document->home();
    if (pastRun())
        return tr("%1, as it was when run %2 ran").arg(m_document->flow().name, formatNumber(m_run.id));
    QString text = m_document->flow().name + u'\n';
    text += home.kind == DocumentHome::Kind::File      ? home.filePath
            : home.kind == DocumentHome::Kind::Library ? tr("In the library as %1").arg(m_document->flow().id)
                                                       : tr("Not saved yet");
    if (m_document->isModified() && home.kind != DocumentHome::Kind::None)
        text += u'\n' + tr("Has changes that are not saved");
    return text;
}

void FlowTab::beginRun(ExecutionId id, const Flow &flow)
{
    if (!m_firstRun && m_document->home().kind == DocumentHome::Kind::None)
        m_firstRun = flow;
    TabRun run;
    run.id = id;
    run.flowName = m_document->flow().name;
    run.trace.executionId = id;
    run.trace.flowId = m_document->flow().id;
    showRun(run);
}

void FlowTab::showRun(const TabRun &run)
{
    m_run = run;
    m_canvas->setTrace(run.id ? std::optional(run.trace) : std::nullopt);
    Q_EMIT titleChanged();
    Q_EMIT runChanged();
}

void FlowTab::apply(const QList<ExecutionEvent> &events)
{
    m_run.events.append(events);
    for (const ExecutionEvent &event : events)
        m_run.trace.apply(event);
    m_canvas->setTrace(m_run.trace);
    const bool goesOn = m_run.context && !m_run.isPaused();
    if (goesOn)
        m_run.context.reset();
    Q_EMIT eventsApplied(events);
    if (goesOn)
        Q_EMIT runChanged();
}

void FlowTab::setRecords(const Execution &execution, const QList<TaskExecution> &tasks,
                         const std::optional<QJsonObject> &context)
{
    m_run.execution = execution;
    m_run.tasks = tasks;
    m_run.context = context;
    if (const ExecutionTrace records = ExecutionTrace::fromRecords(execution, tasks); knowMore(records, m_run.trace)) {
        m_run.trace = records;
        m_canvas->setTrace(m_run.trace);
    }
    Q_EMIT runChanged();
}

void FlowTab::clearRun()
{
    showRun({});
}

} // namespace flow
