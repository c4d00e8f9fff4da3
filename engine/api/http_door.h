// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/post_box.h"
#include "api/router.h"

#include <QAbstractHttpServer>

#include <memory>

namespace flow {

class FlowService;
class GuardSocket;

/// Takes each request that has passed the guard, finds its route, lets the service's threads do the work, and sends the
/// reply when it is there. Lives on the server's thread and never blocks it.
class HttpDoor : public QAbstractHttpServer
{
    Q_OBJECT

public:
    HttpDoor(FlowService &service, Router router);
    ~HttpDoor() override;

    /// Replies that are not there yet will not be sent any more.
    void close() { m_postBox->close(); }

protected:
    bool handleRequest(const QHttpServerRequest &request, QTcpSocket *socket) override;
    void missingHandler(const QHttpServerRequest &request, QTcpSocket *socket) override;

private:
    void work(GuardSocket *socket, Router::Match match);

    FlowService &m_service;
    Router m_router;
    std::shared_ptr<PostBox> m_postBox;
};

} // namespace flow
