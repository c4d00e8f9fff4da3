// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>

#include <atomic>

namespace flow::test {

/// Stands between a program and its server and cuts the connection when the program sends a certain text: before the
/// server hears of it, or after it has answered, so that the answer is lost. On a thread of its own.
class CuttingProxy
{
public:
    enum class Cut { BeforeText, AfterAnswer };

    explicit CuttingProxy(quint16 server)
        : m_server(server)
    {
        m_thread.start();
        m_listener.moveToThread(&m_thread);
        QMetaObject::invokeMethod(
            &m_listener,
            [this] {
                QObject::connect(&m_listener, &QTcpServer::newConnection, &m_listener, [this] { join(); });
                m_listener.listen(QHostAddress::LocalHost);
            },
            Qt::BlockingQueuedConnection);
    }
    ~CuttingProxy()
    {
        QMetaObject::invokeMethod(
            &m_listener,
            [this] {
                m_listener.close();
                qDeleteAll(m_listener.findChildren<QTcpSocket *>());
                m_listener.moveToThread(nullptr);
            },
            Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }
    Q_DISABLE_COPY_MOVE(CuttingProxy)

    quint16 port() const { return m_listener.serverPort(); }
    /// Cuts once, at the next `text`.
    void cut(const QByteArray &text, Cut when)
    {
        m_text = text;
        m_when = when;
        m_armed = true;
    }
    int cuts() const { return m_cuts; }

private:
    void join()
    {
        QTcpSocket *program = m_listener.nextPendingConnection();
        auto *server = new QTcpSocket(&m_listener);
        server->connectToHost(QHostAddress::LocalHost, m_server);
        QObject::connect(program, &QTcpSocket::readyRead, server, [this, program, server] {
            const QByteArray sent = program->readAll();
            const bool hit = m_armed && sent.contains(m_text);
            if (hit) {
                m_armed = false;
                ++m_cuts;
                server->setProperty("cut", true);
            }
            if (hit && m_when == Cut::BeforeText) {
                server->abort();
                program->abort();
                return;
            }
            server->write(sent);
        });
        QObject::connect(server, &QTcpSocket::readyRead, program, [program, server] {
            const QByteArray answer = server->readAll();
            if (server->property("cut").toBool()) {
                server->abort();
                program->abort();
                return;
            }
            program->write(answer);
        });
        QObject::connect(program, &QTcpSocket::disconnected, server, [server] { server->disconnectFromHost(); });
        QObject::connect(server, &QTcpSocket::disconnected, program, [program] { program->disconnectFromHost(); });
    }

    const quint16 m_server;
    QTcpServer m_listener;
    QThread m_thread;
    QByteArray m_text; ///< set before m_armed
    Cut m_when = Cut::BeforeText;
    std::atomic<bool> m_armed = false;
    std::atomic<int> m_cuts = 0;
};

} // namespace flow::test
