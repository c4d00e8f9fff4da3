// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"
#include "model/execution.h"

#include <QWidget>

namespace flow {

/// Input and output of an execution and of each attempt of its tasks, side by side; of a paused one also what comes
/// next. GUI thread.
class DataPanel : public QWidget
{
    Q_OBJECT

public:
    explicit DataPanel(Look *look, QWidget *parent = nullptr);
    ~DataPanel() override;

    void clear();
    /// Until its records are read nothing is known of its data.
    void showUnderWay(ExecutionId id);
    /// `context`: what comes next in a paused execution will see this.
    void showRecords(const Execution &execution, const QList<TaskExecution> &tasks,
                     const std::optional<QJsonObject> &context = {});
    /// Turns to the task's last attempt, when it has one.
    void showTask(const QString &taskName);

Q_SIGNALS:
    void contextEditRequested();
    void resultRequested(); ///< of the next task, without running it

private:
    class Private;
    Private *d;
};

} // namespace flow
