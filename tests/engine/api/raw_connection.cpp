// SPDX-License-Identifier: GPL-3.0-or-later
#include "raw_connection.h"

std::unique_ptr<QTcpSocket> connectTo(const ApiFixture &api)
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->connectToHost(QHostAddress::LocalHost, api.port());
    if (!socket->waitForConnected(5000))
        qFatal("cannot connect");
    return socket;
}

QByteArray request(const ApiFixture &api, const QByteArray &line, const QByteArray &more)
{
    return line + "\r\nHost: 127.0.0.1:" + QByteArray::number(api.port()) + "\r\nAuthorization: Bearer secret\r\n" +
           more + "\r\n";
}

QByteArray readUntilClosed(QTcpSocket &socket)
{
    QByteArray received;
    while (socket.waitForReadyRead(5000))
        received += socket.readAll();
    if (socket.state() != QAbstractSocket::UnconnectedState && !socket.waitForDisconnected(5000))
        return "still open";
    return received + socket.readAll();
}

int readStatus(QTcpSocket &socket)
{
    QByteArray received;
    while (socket.bytesAvailable() > 0 || socket.waitForReadyRead(5000)) {
        received += socket.readAll();
        const qsizetype head = received.indexOf("\r\n\r\n");
        const qsizetype length = received.indexOf("Content-Length: ");
        if (head >= 0 && received.size() >=
                             head + 4 + received.mid(length + 16, received.indexOf('\r', length) - length - 16).toInt())
            return received.mid(9, 3).toInt();
    }
    return 0;
}
