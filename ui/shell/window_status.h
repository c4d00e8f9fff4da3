// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/timestamp.h"
#include "look/look.h"
#include "model/execution.h"

#include <QObject>
#include <QPointer>

class QLabel;
class QToolButton;

namespace flow {

class FlowTab;
class StatusBar;

/// The status bar: what runs now, when the flow was saved, its warnings, the database and how many runs it holds. GUI
/// thread.
class WindowStatus : public QObject
{
    Q_OBJECT

public:
    WindowStatus(StatusBar *bar, Look *look, QObject *parent = nullptr);

    void setTab(FlowTab *tab); ///< may be null
    void say(const QString &text);
    void setRunning(const QList<Execution> &all, const QMap<FlowId, QString> &names);
    void setDatabase(const QString &text, bool busy = false);
    void setRuns(qint64 total);
    void saved(FlowTab *tab);

Q_SIGNALS:
    void issuesClicked();

private:
    void refreshIssues();
    void refreshSaved();

    StatusBar *m_bar;
    Look *m_look;
    QLabel *m_runIcon;
    QLabel *m_run;
    QLabel *m_saved;
    QToolButton *m_issues;
    QLabel *m_database;
    QString m_databaseName;
    QList<Execution> m_running;
    QMap<FlowId, QString> m_names;
    QPointer<FlowTab> m_tab;
    QHash<const FlowTab *, Timestamp> m_savedAt;
};

} // namespace flow
