// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/router.h"

namespace flow {

namespace {

/// The decoded arguments where the path fits the pattern.
std::optional<QStringList> matchPath(const QList<QByteArray> &pattern, const QStringList &path)
{
    if (pattern.size() != path.size())
        return std::nullopt;
    QStringList arguments;
    for (qsizetype at = 0; at < pattern.size(); ++at) {
        if (pattern[at].startsWith(':') && !path[at].isEmpty())
            arguments.append(path[at]);
        else if (QString::fromLatin1(pattern[at]) != path[at])
            return std::nullopt;
    }
    return arguments;
}

HttpReply withAllow(HttpReply reply, QList<QByteArray> methods)
{
    if (methods.contains("GET"))
        methods.append("HEAD");
    methods.append("OPTIONS");
    reply.headers.append({"Allow", methods.join(", ")});
    return reply;
}

} // namespace

void Router::add(const QByteArray &method, const QByteArray &path, ApiHandler handler, Turn turn)
{
    m_routes.append(Route{method, path.split('/'), std::move(handler), turn});
}

std::variant<Router::Match, HttpReply> Router::find(const HttpHead &head) const
{
    // Split before decoding, so that an encoded slash stays part of an id.
    QStringList path;
    for (const QByteArray &part : head.path().split('/')) {
        const std::optional<QString> decoded = decodePercent(part);
        if (!decoded)
            return errorReply(400, QStringLiteral("The address is not well-formed UTF-8 in percent-encoding"));
        path.append(*decoded);
    }
    const std::optional<QMap<QString, QString>> query = decodeQuery(head.query());
    if (!query)
        return errorReply(400, QStringLiteral("The query is not well-formed UTF-8 in percent-encoding"));

    const QByteArray method = head.method == "HEAD" ? QByteArray("GET") : head.method;
    QList<QByteArray> allowed;
    for (const Route &route : m_routes) {
        const std::optional<QStringList> arguments = matchPath(route.parts, path);
        if (!arguments)
            continue;
        if (route.method == method)
            return Match{route.handler, ApiRequest{head.method, *arguments, *query, head.contentType, {}}, route.turn};
        allowed.append(route.method);
    }
    if (allowed.isEmpty())
        return errorReply(404, QStringLiteral("There is nothing at this address"));
    if (head.method == "OPTIONS")
        return withAllow(HttpReply{.status = 204}, allowed);
    return withAllow(
        errorReply(405,
                   QStringLiteral("This address does not take the method %1").arg(QString::fromLatin1(head.method))),
        allowed);
}

} // namespace flow
