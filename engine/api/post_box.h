// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <mutex>

namespace flow {

/// Brings results from any thread to the thread of one object, until it is closed. What arrives later is dropped, so
/// that a reply may come at any time, also long after the server has stopped.
class PostBox
{
public:
    explicit PostBox(QObject *receiver)
        : m_receiver(receiver)
    {
    }

    void post(std::function<void()> call)
    {
        const std::lock_guard lock(m_mutex);
        if (m_receiver)
            QMetaObject::invokeMethod(m_receiver, std::move(call), Qt::QueuedConnection);
    }

    /// To be called on the receiver's thread before it is destroyed.
    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_receiver = nullptr;
    }

private:
    std::mutex m_mutex;
    QObject *m_receiver;
};

} // namespace flow
