// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/canvas_view.h"
#include "shell/tab_run.h"

#include <QWidget>

namespace flow {

/// One tab: a document, its canvas and the run that is drawn on it. A past run is a read-only document with a banner.
/// GUI thread.
class FlowTab : public QWidget
{
    Q_OBJECT

public:
    FlowTab(std::unique_ptr<FlowDocument> document, Look *look, QWidget *parent = nullptr);
    ~FlowTab() override;

    FlowDocument *document() const { return m_document.get(); }
    CanvasView *canvas() const { return m_canvas; }
    const TabRun &run() const { return m_run; } ///< id 0: none

    /// Id of the execution that this tab was opened to look at; 0 for an open flow.
    ExecutionId pastRun() const { return m_document->isReadOnly() ? m_run.id : 0; }
    QString title() const;
    QString toolTip() const;
    static QString unsavedSign() { return QStringLiteral(" ●"); } ///< at the end of a title

    /// The flow of its first run if it had no home then: that run added it to the library.
    const std::optional<Flow> &firstRun() const { return m_firstRun; }

    void beginRun(ExecutionId id, const Flow &flow); ///< `flow` is what runs
    void showRun(const TabRun &run);
    void apply(const QList<ExecutionEvent> &events);
    void setRecords(const Execution &execution, const QList<TaskExecution> &tasks,
                    const std::optional<QJsonObject> &context = {});
    void clearRun();

Q_SIGNALS:
    void titleChanged();
    void runChanged();                                             ///< another run, or its records came
    void eventsApplied(const QList<flow::ExecutionEvent> &events); ///< the run went on

private:
    std::unique_ptr<FlowDocument> m_document;
    CanvasView *m_canvas;
    TabRun m_run;
    std::optional<Flow> m_firstRun;
};

} // namespace flow
