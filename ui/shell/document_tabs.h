// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/flow_tab.h"

#include <QTabWidget>

namespace flow {

/// The open flows and past runs, one tab each. It shows and orders them; closing is asked for by signal, because work
/// may have to be saved first. GUI thread.
class DocumentTabs : public QWidget
{
    Q_OBJECT

public:
    /// `emptyPage` is shown while nothing is open.
    DocumentTabs(QWidget *emptyPage, Look *look, QWidget *parent = nullptr);

    FlowTab *add(std::unique_ptr<FlowDocument> document); ///< becomes the current one
    void close(FlowTab *tab);                             ///< without a question
    void activate(FlowTab *tab);

    FlowTab *current() const { return m_current; } ///< null when nothing is open
    QList<FlowTab *> all() const;
    QList<FlowTab *> modified() const;
    FlowTab *ofLibraryFlow(const FlowId &id) const; ///< null when it is not open
    FlowTab *ofFile(const QString &path) const;
    FlowTab *ofPastRun(ExecutionId id) const;
    FlowTab *ofRun(ExecutionId id) const; ///< the open flow that this execution runs for

Q_SIGNALS:
    void currentChanged(flow::FlowTab *tab); ///< may be null
    void added(flow::FlowTab *tab);
    void closeRequested(const QList<flow::FlowTab *> &tabs);
    void saveRequested(flow::FlowTab *tab);
    void opened(); ///< the set of tabs changed, or what they are saved to
    void closed();

private:
    void followCurrent();
    void refreshTitle(FlowTab *tab);
    void showMenu(const QPoint &position);
    bool eventFilter(QObject *watched, QEvent *event) override;
    template <typename Fits>
    FlowTab *find(Fits fits) const;

    Look *m_look;
    QWidget *m_emptyPage;
    QTabWidget *m_tabs;
    FlowTab *m_current = nullptr;
};

} // namespace flow
