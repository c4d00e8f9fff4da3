// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"
#include "model/execution_event.h"

#include <QWidget>

namespace flow {

/// Each attempt of an execution as a bar over time, live or afterwards. GUI thread.
class TimelinePanel : public QWidget
{
    Q_OBJECT

public:
    TimelinePanel(Look *look, QWidget *parent = nullptr);
    ~TimelinePanel() override;

    void clear();
    void apply(const ExecutionEvent &event);
    void showRecords(const Execution &execution, const QList<TaskExecution> &tasks);

Q_SIGNALS:
    void taskActivated(const QString &taskName);

private:
    class Private;
    Private *d;
};

} // namespace flow
