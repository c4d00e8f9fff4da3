// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/inspector_context.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace flow {

class RouteRow;

/// Where a task leads: its conditions in the order in which they are asked, what happens after the last, and a way to
/// add more. GUI thread.
class TaskRouting : public QWidget
{
    Q_OBJECT

public:
    explicit TaskRouting(InspectorContext *context, QWidget *parent = nullptr);

    void showTask(const QString &name);
    QList<RouteRow *> rows() const { return m_rows; }

private:
    void add(Outcome outcome, bool expression);
    void showRest(const QList<qsizetype> &conditions);

    InspectorContext *m_context;
    QString m_task;
    QVBoxLayout *m_list;
    QList<RouteRow *> m_rows;
    QLabel *m_rest;
    QPushButton *m_add;
};

} // namespace flow
