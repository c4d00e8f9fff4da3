// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api_fixture.h"

/// Connections byte by byte, for tests of how they are kept, limited and ended.

std::unique_ptr<QTcpSocket> connectTo(const ApiFixture &api);
/// The head of a request with everything it needs; `more` holds further header lines.
QByteArray request(const ApiFixture &api, const QByteArray &line, const QByteArray &more = {});
/// "still open" when the server does not close.
QByteArray readUntilClosed(QTcpSocket &socket);
/// Reads one reply with its body and leaves the connection open.
int readStatus(QTcpSocket &socket);
