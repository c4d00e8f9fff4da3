// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/api_server.h"

#include "api/guard_server.h"
#include "api/http_door.h"
#include "api/routes.h"
#include "service/logging.h"

#include <QThread>

namespace flow {

namespace {

std::optional<QHostAddress> hostAddress(const QString &host)
{
    if (host == QStringLiteral("localhost"))
        return QHostAddress(QHostAddress::LocalHost);
    const QHostAddress address(host);
    return address.isNull() ? std::nullopt : std::optional(address);
}

QString hostAndPort(const QHostAddress &address, quint16 port)
{
    const QString text = address.toString();
    return (text.contains(u':') ? u'[' + text + u']' : text) + u':' + QString::number(port);
}

} // namespace

/// What lives while the server runs. `door` and `guard` are made, used and deleted on `thread`.
struct ApiServer::Running
{
    QThread thread;
    QObject context; ///< on `thread`: where calls are sent to
    HttpDoor *door = nullptr;
    GuardServer *guard = nullptr;
    QHostAddress address;
    quint16 port = 0;
    QString error; ///< why it could not listen

    void listen(FlowService &service, const Settings &settings)
    {
        guard = new GuardServer(settings.limits);
        if (!guard->open(address, settings.port, settings.token)) {
            error = guard->errorString();
            delete guard;
            return;
        }
        port = guard->serverPort();
        door = new HttpDoor(service, apiRoutes(service));
        door->bind(guard); // takes it over
    }

    void close()
    {
        if (!door)
            return;
        door->close();
        guard->shutDown();
        delete door;
    }
};

ApiServer::ApiServer(FlowService &service)
    : m_service(service)
{
}

ApiServer::~ApiServer()
{
    stop();
}

Result<void> ApiServer::start(const Settings &settings)
{
    if (m_running)
        return Error{.code = ErrorCode::Conflict, .reason = tr("The server runs already")};
    const std::optional<QHostAddress> address = hostAddress(settings.host);
    if (!address)
        return Error{.code = ErrorCode::NotOneOf,
                     .reason = tr("must be localhost or an address of this machine such as 127.0.0.1"),
                     .file = settings.host};
    if (settings.token.isEmpty() && !address->isLoopback())
        return Error{.code = ErrorCode::NotAllowed,
                     .reason = tr("without a token the server only listens on 127.0.0.1 or ::1"),
                     .file = settings.host};

    auto running = std::make_unique<Running>();
    running->address = *address;
    running->thread.setObjectName(QStringLiteral("api"));
    running->context.moveToThread(&running->thread);
    running->thread.start();
    QMetaObject::invokeMethod(
        &running->context, [&] { running->listen(m_service, settings); }, Qt::BlockingQueuedConnection);
    if (!running->error.isNull()) {
        running->thread.quit();
        running->thread.wait();
        return Error{.code = ErrorCode::Io,
                     .reason = tr("cannot listen here: %1").arg(running->error),
                     .file = hostAndPort(*address, settings.port)};
    }
    m_running = std::move(running);
    qCInfo(lcApi).noquote() << "listening on" << url();
    return {};
}

void ApiServer::stop()
{
    if (!m_running)
        return;
    QMetaObject::invokeMethod(
        &m_running->context, [this] { m_running->close(); }, Qt::BlockingQueuedConnection);
    m_running->thread.quit();
    m_running->thread.wait();
    m_running.reset();
    qCInfo(lcApi) << "stopped";
}

quint16 ApiServer::port() const
{
    return m_running ? m_running->port : 0;
}

QString ApiServer::url() const
{
    return m_running ? QStringLiteral("http://") + hostAndPort(m_running->address, m_running->port) : QString();
}

} // namespace flow
