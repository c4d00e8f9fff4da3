// SPDX-License-Identifier: GPL-3.0-or-later
#include "victim.h"

#include "marked_flows.h"
#include "support/http_client.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QThread>

namespace flow::test {

Victim::Victim()
    : m_effects(m_folder.filePath(QStringLiteral("effects")))
    , m_aftermath(dataDir(), m_effects)
{
    QDir().mkpath(dataDir());
}

QByteArray Victim::token() const
{
    QFile file(dataDir() + QStringLiteral("/token"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

QString Victim::makeFlows(quint16 port)
{
    HttpClient client(port);
    for (const QJsonObject &flow : markedFlows(m_effects)) {
        const QByteArray body = QJsonDocument(QJsonObject{{QStringLiteral("flow"), flow}}).toJson();
        const HttpClient::Reply reply = client.post("/api/flows", token(), body);
        if (reply.status != 201 && reply.status != 409)
            return QString::fromUtf8(reply.body);
    }
    return {};
}

QString Victim::look(ServerProgram &server)
{
    if (!server.waitUntilListening())
        return QStringLiteral("it does not start again: ") + QString::fromUtf8(server.complaints());
    for (const QString &wrong : {m_aftermath.leftRunning(), m_aftermath.notWhatWasTold(m_told, server.port(), token()),
                                 m_aftermath.wrongEffects(), m_told.surprises.join(u' ')}) {
        if (!wrong.isEmpty())
            return wrong;
    }
    m_kept += m_told.executions.size() + m_told.attempts.size();
    m_told = {};
    return {};
}

QString Victim::round(ServerProgram::Kind kind, std::mt19937 &random)
{
    constexpr unsigned startMs = 80;
    constexpr unsigned workMs = 200;
    m_aftermath.nobodyLives();
    ServerProgram server(kind, dataDir());
    if (random() % 10 == 0) {
        QThread::msleep(random() % startMs);
        return {};
    }
    if (const QString wrong = look(server); !wrong.isEmpty())
        return wrong;
    if (const QString wrong = makeFlows(server.port()); !wrong.isEmpty())
        return wrong;
    ClientLoad load(server.port(), token(),
                    {QStringLiteral("quick"), QStringLiteral("quick"), QStringLiteral("slow"),
                     QStringLiteral("patient"), QStringLiteral("retried"), QStringLiteral("sleepy"),
                     QStringLiteral("limited"), QStringLiteral("limited"), QStringLiteral("nested")});
    QThread::msleep(random() % workMs);
    server.kill();
    m_told = load.finish();
    return {};
}

QString Victim::last()
{
    m_aftermath.nobodyLives();
    ServerProgram server(ServerProgram::Kind::Flowctl, dataDir());
    if (const QString wrong = look(server); !wrong.isEmpty())
        return wrong;
    if (const QString wrong = m_aftermath.notGoneOn(); !wrong.isEmpty())
        return wrong;
    m_interrupted = m_aftermath.interrupted();
    if (const QString wrong = m_aftermath.notResumed(server.port(), token()); !wrong.isEmpty())
        return wrong;
    const QString wrong = m_aftermath.wrongEffects();
    return wrong.isEmpty() ? m_aftermath.damage() : wrong;
}

} // namespace flow::test
