// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/http_door.h"

#include "api/guard_socket.h"
#include "service/flow_service.h"
#include "service/logging.h"

#include <QHttpServerRequest>
#include <QPointer>

namespace flow {

namespace {

HttpReply internalError()
{
    return errorReply(500, QStringLiteral("Something went wrong in the server; its log says what"));
}

/// Nothing that a route does may end the program.
ApiOutcome callSafely(const Router::Match &match)
{
    try {
        return match.handler(match.request);
    } catch (const std::exception &exception) {
        qCCritical(lcApi) << "a request failed:" << exception.what();
    } catch (...) {
        qCCritical(lcApi) << "a request failed for an unknown reason";
    }
    return internalError();
}

} // namespace

HttpDoor::HttpDoor(FlowService &service, Router router)
    : m_service(service)
    , m_router(std::move(router))
    , m_postBox(std::make_shared<PostBox>(this))
{
}

HttpDoor::~HttpDoor()
{
    m_postBox->close();
}

bool HttpDoor::handleRequest(const QHttpServerRequest &request, QTcpSocket *socket)
{
    auto *guarded = qobject_cast<GuardSocket *>(socket);
    if (!guarded || !guarded->isBusy()) {
        // Cannot be: the guard lets whole requests through, one at a time. If it ever is, nobody gets in that way.
        qCCritical(lcApi) << "a request came around the guard";
        socket->abort();
        return true;
    }
    std::variant<Router::Match, HttpReply> found = m_router.find(guarded->head());
    if (const HttpReply *reply = std::get_if<HttpReply>(&found)) {
        guarded->reply(*reply);
        return true;
    }
    Router::Match &match = std::get<Router::Match>(found);
    match.request.body = request.body();
    work(guarded, std::move(match));
    return true;
}

void HttpDoor::missingHandler(const QHttpServerRequest &, QTcpSocket *socket)
{
    socket->abort(); // handleRequest() handles everything
}

void HttpDoor::work(GuardSocket *socket, Router::Match match)
{
    // The client may go away at any time, and with it the socket: only this thread looks at the pointer.
    const auto send = [box = m_postBox, client = QPointer<GuardSocket>(socket)](const HttpReply &reply) {
        box->post([client, reply] {
            if (client)
                client->reply(reply);
        });
    };
    const auto workers =
        match.turn == Router::Turn::Overtakes ? FlowService::Workers::Urgent : FlowService::Workers::Server;
    auto answer = [match = std::move(match), send]() {
        ApiOutcome outcome = callSafely(match);
        if (const HttpReply *reply = std::get_if<HttpReply>(&outcome))
            send(*reply);
        else
            std::get<QFuture<HttpReply>>(outcome)
                .then(QtFuture::Launch::Sync, [send](const HttpReply &later) { send(later); })
                .onFailed([send] { send(internalError()); });
    };
    m_service.async(std::move(answer), workers);
}

} // namespace flow
