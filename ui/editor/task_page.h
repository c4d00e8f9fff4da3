// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/inspector_context.h"

#include <QWidget>

class QComboBox;
class QTabWidget;
class QTextBrowser;

namespace flow {

class IssueList;
class SchemaForm;
class SubjectHeader;
class TaskLastRun;
class TaskRouting;

/// The inspector of one task. Follows what the document says of it. GUI thread.
class TaskPage : public QWidget
{
    Q_OBJECT

public:
    explicit TaskPage(InspectorContext *context, QWidget *parent = nullptr);

    void showTask(const QString &name);
    /// Tells what is still only in the fields, and remembers what was wrong; called before something else is shown.
    void leave();
    void showExecution();
    void focusField(const QString &field);

private:
    QWidget *newSettingsTab();
    void showSettings(const Task &task);
    void showType(const Task &task);
    void clearFields();
    UnfinishedFields drafts() const;
    void keepDrafts();
    void rename(const QString &name);
    void editTask(const QString &key, const QJsonValue &value);

    InspectorContext *m_context;
    QString m_task;
    QString m_shownType;
    SubjectHeader *m_header;
    QTabWidget *m_tabs;
    IssueList *m_issues;
    SchemaForm *m_config;
    SchemaForm *m_failure;
    SchemaForm *m_limit;
    SchemaForm *m_about;
    QComboBox *m_type;
    TaskRouting *m_routing;
    TaskLastRun *m_lastRun;
    QTextBrowser *m_help;
};

} // namespace flow
