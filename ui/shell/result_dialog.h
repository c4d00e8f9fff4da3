// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"
#include "tasks/base_task.h"

#include <QDialog>

class QCheckBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QRadioButton;

namespace flow {

class InlineMessage;

/// Asks what is to come of a task instead of running it. GUI thread.
class ResultDialog : public QDialog
{
    Q_OBJECT

public:
    ResultDialog(const QString &task, const Look *look, QWidget *parent);

    // Once it was accepted.
    const TaskResult &result() const { return m_result; }
    bool pausesAgain() const;

private:
    void check();

    QRadioButton *m_succeeds;
    QRadioButton *m_fails;
    QLineEdit *m_error;
    QPlainTextEdit *m_data;
    InlineMessage *m_message;
    QCheckBox *m_step;
    QPushButton *m_take;
    TaskResult m_result;
};

} // namespace flow
