// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace flow::cli {

/// Brings SIGINT, SIGTERM and SIGHUP (the terminal is closed) to the event loop. The second one ends the process at
/// once, so that nobody is ever stuck. From then on nobody who stops reading stdout or stderr ends the process either.
/// One at a time; main thread.
class SignalWatcher : public QObject
{
    Q_OBJECT

public:
    explicit SignalWatcher(QObject *parent = nullptr);
    ~SignalWatcher() override;

Q_SIGNALS:
    void interrupted();

private:
    QSocketNotifier *m_notifier = nullptr;
    bool m_watchesHangup = false;
};

} // namespace flow::cli
