// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/inspector_context.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QStackedWidget;

namespace flow {

class EmptyState;
class InlineMessage;
class JsonView;
class Pill;

/// What a task did in the execution that the canvas shows: state, times, error, input and output of each attempt. GUI
/// thread.
class TaskLastRun : public QWidget
{
    Q_OBJECT

public:
    explicit TaskLastRun(InspectorContext *context, QWidget *parent = nullptr);

    void showTask(const QString &name);

private:
    void showAttempt();
    void showTrace(const TaskTrace &trace);

    InspectorContext *m_context;
    QString m_task;
    QList<TaskExecution> m_attempts;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QComboBox *m_choice;
    Pill *m_state;
    QLabel *m_facts;
    InlineMessage *m_error;
    JsonView *m_input;
    JsonView *m_output;
};

} // namespace flow
