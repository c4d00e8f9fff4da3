// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/api_request.h"
#include "api/http_head.h"
#include "api/http_reply.h"

#include <QFuture>

#include <functional>
#include <variant>

namespace flow {

/// What a route gives back: the reply, or the promise of one.
using ApiOutcome = std::variant<HttpReply, QFuture<HttpReply>>;
/// May block: it is called on a thread that may wait.
using ApiHandler = std::function<ApiOutcome(const ApiRequest &request)>;

/// The table of routes. Filled before the server starts, then read only.
class Router
{
public:
    /// Whether a request stands in the queue of all others. What overtakes is short and must come through, such as
    /// Stop.
    enum class Turn { Waits, Overtakes };

    /// `path` such as `/api/flows/:id`; a part that begins with a colon stands for any text.
    void add(const QByteArray &method, const QByteArray &path, ApiHandler handler, Turn turn = Turn::Waits);

    /// A request with its handler, or the reply when there is none: 404, 405 with Allow, 204 for OPTIONS, 400 for a
    /// path that is not well-formed. HEAD finds the route of GET.
    struct Match
    {
        ApiHandler handler;
        ApiRequest request;
        Turn turn = Turn::Waits;
    };
    std::variant<Match, HttpReply> find(const HttpHead &head) const;

private:
    struct Route
    {
        QByteArray method;
        QList<QByteArray> parts;
        ApiHandler handler;
        Turn turn = Turn::Waits;
    };
    QList<Route> m_routes;
};

} // namespace flow
