// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution_event.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace flow {

class FlowService;

/// Brings the events of all executions to the GUI thread, gathered to one batch per frame: thousands of events a second
/// must not become thousands of repaints.
class EventFeed : public QObject
{
    Q_OBJECT

public:
    explicit EventFeed(QObject *parent = nullptr);
    ~EventFeed() override;

    void follow(FlowService *service);

Q_SIGNALS:
    void arrived(const QList<flow::ExecutionEvent> &events); ///< in the order they happened, never empty

private:
    struct Inbox;
    void deliver();

    std::shared_ptr<Inbox> m_inbox;
    QTimer m_frame;
};

} // namespace flow
