// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/door_policy.h"
#include "base/result.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QString>

#include <memory>

namespace flow {

class FlowService;

/// The REST API on a thread of its own. Made by `main` or the shell, used from the thread that made it; the service
/// outlives it.
class ApiServer
{
    Q_DECLARE_TR_FUNCTIONS(ApiServer)

public:
    struct Settings
    {
        QString host = QStringLiteral("127.0.0.1"); ///< an address, or localhost
        quint16 port = 5001;                        ///< 0: any free one
        QByteArray token;                           ///< empty: nobody is asked; only on a loopback address
        DoorLimits limits = {};
    };

    explicit ApiServer(FlowService &service);
    /// Stops.
    ~ApiServer();

    /// Returns when it listens. Io: the address cannot be used; NotAllowed: no token on an address that others can
    /// reach; Conflict: it runs already.
    Result<void> start(const Settings &settings);
    /// Returns when nothing is answered any more. Waiting requests get a 503; their executions go on.
    void stop();

    bool isRunning() const { return m_running != nullptr; }
    quint16 port() const; ///< 0 when it does not run
    QString url() const;  ///< such as `http://127.0.0.1:5001`; null when it does not run

private:
    struct Running;
    FlowService &m_service;
    std::unique_ptr<Running> m_running;
};

} // namespace flow
