// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/event_feed.h"

#include "service/flow_service.h"

#include <mutex>

namespace flow {

/// Shared with the threads that tell, which may still be in a call when the feed dies.
struct EventFeed::Inbox
{
    std::mutex mutex;
    QList<ExecutionEvent> events;
    EventFeed *feed = nullptr; ///< null once the feed is dead

    void put(const ExecutionEvent &event)
    {
        const std::lock_guard lock(mutex);
        events.append(event);
        if (events.size() == 1 && feed)
            QMetaObject::invokeMethod(&feed->m_frame, qOverload<>(&QTimer::start), Qt::QueuedConnection);
    }
};

EventFeed::EventFeed(QObject *parent)
    : QObject(parent)
    , m_inbox(std::make_shared<Inbox>())
{
    m_inbox->feed = this;
    m_frame.setSingleShot(true);
    m_frame.setInterval(16);
    connect(&m_frame, &QTimer::timeout, this, &EventFeed::deliver);
}

EventFeed::~EventFeed()
{
    const std::lock_guard lock(m_inbox->mutex);
    m_inbox->feed = nullptr;
}

void EventFeed::follow(FlowService *service)
{
    connect(
        service, &FlowService::executionEvent, this,
        [inbox = m_inbox](const ExecutionEvent &event) { inbox->put(event); }, Qt::DirectConnection);
}

void EventFeed::deliver()
{
    QList<ExecutionEvent> events;
    {
        const std::lock_guard lock(m_inbox->mutex);
        events.swap(m_inbox->events);
    }
    if (!events.isEmpty())
        Q_EMIT arrived(events);
}

} // namespace flow
