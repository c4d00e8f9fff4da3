// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"
#include "model/execution.h"

#include <QWidget>

namespace flow {

/// Input and output of an execution and of each attempt of its tasks, side by side. GUI thread.
class DataPanel : public QWidget
{
    Q_OBJECT

public:
    explicit DataPanel(Look *look, QWidget *parent = nullptr);
    ~DataPanel() override;

    void clear();
    void showRecords(const Execution &execution, const QList<TaskExecution> &tasks);
    /// Turns to the task's last attempt, when it has one.
    void showTask(const QString &taskName);

private:
    class Private;
    Private *d;
};

} // namespace flow
