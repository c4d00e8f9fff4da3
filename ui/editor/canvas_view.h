// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/flow_document.h"
#include "look/look.h"
#include "model/execution_trace.h"

#include <QGraphicsView>

#include <memory>

namespace flow {

class FlowScene;

/// The canvas of one document: shows it, edits it with mouse and keys, and draws an execution over it. GUI thread; the document
/// and the look outlive it.
class CanvasView : public QGraphicsView
{
    Q_OBJECT

public:
    CanvasView(FlowDocument *document, Look *look, QWidget *parent = nullptr);
    ~CanvasView() override;

    FlowDocument *document() const;
    FlowScene *flowScene() const;

    double zoom() const; ///< 1.0 is 100 %; from 0.05 to 4
    void setZoom(double zoom);
    void zoomIn();
    void zoomOut();
    void fit();          ///< the whole flow, never above 100 %
    void tidyUp();       ///< automatic layout as one undo step

    /// Draws states, durations and the path taken; nothing draws none.
    void setTrace(const std::optional<ExecutionTrace> &trace);

    void revealTask(const QString &name);           ///< selects it and scrolls there
    void revealCondition(qsizetype index);
    void editName(const QString &taskName);         ///< starts rename in place

Q_SIGNALS:
    void zoomChanged(double zoom);
    /// One sentence for the status bar, such as why a gesture did nothing.
    void statusMessage(const QString &text);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace flow
