// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

namespace flow {

class ServiceHandle;

/// How many runs the database holds, asked for again a moment after something ran, whoever started it. GUI thread.
class RunCounter : public QObject
{
    Q_OBJECT

public:
    explicit RunCounter(ServiceHandle *service, QObject *parent = nullptr);

    void countSoon(); ///< a storm of runs is counted twice a second

Q_SIGNALS:
    void counted(qint64 runs);

private:
    void count();

    ServiceHandle *m_service;
    QTimer m_delay;
};

} // namespace flow
