// SPDX-License-Identifier: GPL-3.0-or-later
#include "api_rest_server.h"

#include "service/access_token.h"
#include "service/flow_service.h"

#include <QUrl>

namespace flow {

ApiRestServer::ApiRestServer(const QString &host, QObject *parent)
    : RestServer(parent)
    , m_host(host)
{
    m_thread.setObjectName(QStringLiteral("rest switch"));
    m_worker.moveToThread(&m_thread);
    m_thread.start();
}

ApiRestServer::~ApiRestServer()
{
    QMetaObject::invokeMethod(
        &m_worker, [this] { m_server.reset(); }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

void ApiRestServer::start(FlowService *service, quint16 port)
{
    QMetaObject::invokeMethod(&m_worker, [this, service, port] { listen(service, port); });
}

/// Signals are emitted from here; whoever connects with an object of the GUI thread gets them there.
void ApiRestServer::listen(FlowService *service, quint16 port)
{
    const Result<QByteArray> token = accessToken(service->settings().dataDir);
    if (!token) {
        Q_EMIT failed(token.error());
        return;
    }
    auto server = std::make_unique<ApiServer>(*service);
    const Result<void> listening = server->start({.host = m_host, .port = port, .token = *token});
    if (!listening) {
        Q_EMIT failed(listening.error());
        return;
    }
    m_server = std::move(server);
    Q_EMIT started(QUrl(m_server->url()).authority());
}

void ApiRestServer::stop()
{
    QMetaObject::invokeMethod(&m_worker, [this] {
        m_server.reset();
        Q_EMIT stopped();
    });
}

} // namespace flow
