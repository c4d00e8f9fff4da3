// SPDX-License-Identifier: GPL-3.0-or-later
#include "client_load.h"

#include "support/http_client.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace flow::test {

namespace {

/// `data` of a reply.
QJsonValue dataOf(const HttpClient::Reply &reply)
{
    return QJsonDocument::fromJson(reply.body).object().value(QStringLiteral("data"));
}

/// How it ended, and with what.
QString endOf(const QString &status, const QJsonObject &record)
{
    const QJsonObject result{{QStringLiteral("data"), record.value(QStringLiteral("output_data"))},
                             {QStringLiteral("error"), record.value(QStringLiteral("error_message"))}};
    return status + u' ' + QString::fromUtf8(QJsonDocument(result).toJson(QJsonDocument::Compact));
}

bool isOver(const QString &status)
{
    return status != QStringLiteral("pending") && status != QStringLiteral("running") &&
           status != QStringLiteral("paused");
}

} // namespace

void Told::add(const QJsonObject &execution)
{
    const qint64 id = execution.value(QStringLiteral("id")).toInteger();
    const QString status = execution.value(QStringLiteral("status")).toString();
    if (isOver(status))
        executions.insert(id, endOf(status, execution));
    for (const QJsonValue &value : execution.value(QStringLiteral("task_executions")).toArray()) {
        const QJsonObject attempt = value.toObject();
        const QString end = attempt.value(QStringLiteral("status")).toString();
        if (isOver(end))
            attempts.insert({id, attempt.value(QStringLiteral("sequence_number")).toInt()}, endOf(end, attempt));
    }
}

ClientLoad::ClientLoad(quint16 port, const QByteArray &token, const QStringList &flows)
    : m_port(port)
    , m_token(token)
{
    for (const QString &flow : flows)
        m_threads.emplace_back([this, flow] { execute(flow); });
    m_threads.emplace_back([this] { look(); });
}

ClientLoad::~ClientLoad()
{
    finish();
}

Told ClientLoad::finish()
{
    for (std::thread &thread : m_threads)
        thread.join();
    m_threads.clear();
    return m_told;
}

void ClientLoad::add(const QJsonObject &execution)
{
    const std::lock_guard lock(m_mutex);
    m_told.add(execution);
}

void ClientLoad::execute(const QString &flow)
{
    HttpClient client(m_port);
    for (;;) {
        const HttpClient::Reply reply =
            client.post("/api/tasks/flows/" + flow.toUtf8() + "/execute", m_token, R"({"input_context":{}})");
        if (reply.status == 0)
            return; // it is dead
        if (reply.status == 200) {
            add(dataOf(reply).toObject());
            continue;
        }
        const std::lock_guard lock(m_mutex);
        m_told.surprises.append(QString::fromUtf8(QByteArray::number(reply.status) + ": " + reply.body.left(300)));
        return;
    }
}

void ClientLoad::look()
{
    HttpClient client(m_port);
    for (;;) {
        const HttpClient::Reply list = client.get("/api/executions?per_page=8", m_token);
        if (list.status == 0)
            return;
        for (const QJsonValue &value : dataOf(list).toArray()) {
            add(value.toObject());
            const QByteArray id = QByteArray::number(value[QStringLiteral("id")].toInteger());
            const HttpClient::Reply details = client.get("/api/executions/" + id + "?include_tasks=true", m_token);
            if (details.status == 0)
                return;
            add(dataOf(details).toObject());
        }
    }
}

} // namespace flow::test
