// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QMap>
#include <QStringList>

#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace flow::test {

/// What clients have been told: it must be true for ever.
struct Told
{
    QMap<qint64, QString> executions;               ///< status of those that have ended
    QMap<std::pair<qint64, int>, QString> attempts; ///< status of those that have ended, by sequence number
    QStringList surprises;                          ///< answers that nobody should get

    void add(const QJsonObject &execution);
};

/// Clients that execute flows through REST, several at once, and one that looks at what runs, until the server dies.
class ClientLoad
{
public:
    ClientLoad(quint16 port, const QByteArray &token, const QStringList &flows);
    /// Waits until each has lost its connection.
    ~ClientLoad();
    Q_DISABLE_COPY_MOVE(ClientLoad)

    /// Once the server is dead.
    Told finish();

private:
    void execute(const QString &flow);
    void look();
    void add(const QJsonObject &execution);

    const quint16 m_port;
    const QByteArray m_token;
    std::mutex m_mutex;
    Told m_told;
    std::vector<std::thread> m_threads;
};

} // namespace flow::test
