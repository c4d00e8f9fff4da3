// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"
#include "model/execution_event.h"

#include <QWidget>

namespace flow {

/// What one execution says, line by line, coalesced to one update per frame; filter by level and text, copy, follow the
/// end. GUI thread.
class LogPanel : public QWidget
{
    Q_OBJECT

public:
    LogPanel(Look *look, QWidget *parent = nullptr);
    ~LogPanel() override;

    void clear(const QString &title); ///< "Run 12 of Monthly report"
    void append(const ExecutionEvent &event);
    void append(const QList<ExecutionEvent> &events);

Q_SIGNALS:
    void taskActivated(const QString &taskName);

private:
    class Private;
    Private *d;
};

} // namespace flow
