// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/api_server.h"
#include "shell/rest_server.h"

#include <QThread>

namespace flow {

/// The REST server of flow_api behind the window's switch. Starting and stopping wait for sockets and requests, so that
/// happens on a thread of its own. GUI thread; must die before the service does.
class ApiRestServer : public RestServer
{
    Q_OBJECT

public:
    explicit ApiRestServer(const QString &host, QObject *parent = nullptr);
    ~ApiRestServer() override;

    void start(FlowService *service, quint16 port) override;
    void stop() override;

private:
    void listen(FlowService *service, quint16 port); ///< on the thread

    QString m_host;
    QThread m_thread;
    QObject m_worker;                    ///< lives on the thread
    std::unique_ptr<ApiServer> m_server; ///< made, used and ended on the thread only
};

} // namespace flow
