// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/flow_service.h"
#include "support/flow_builder.h"
#include "support/test_server.h"

#include <QTemporaryDir>
#include <QTest>

/// A service with a data folder of its own, and a database there or on the server that the tests are given; more
/// services on the same folder stand for other programs.
class ServiceFixture
{
public:
    explicit ServiceFixture(const QString &server = flow::test::serverUrl())
    {
        if (!server.isEmpty())
            m_server.emplace(server);
        m_service = open();
    }

    flow::Result<std::unique_ptr<flow::FlowService>> tryToOpen() const
    {
        flow::ServiceSettings settings;
        settings.dataDir = m_folder.filePath(QStringLiteral("data"));
        settings.executionThreads = 4;
        settings.databaseUrl = databaseUrl();
        return flow::FlowService::open(settings);
    }
    std::unique_ptr<flow::FlowService> open() const
    {
        auto service = tryToOpen();
        if (!service)
            qFatal("%s", qPrintable(service.error().text()));
        return std::move(service).value();
    }
    /// The program ends in good order.
    void close() { m_service.reset(); }
    void reopen()
    {
        close();
        m_service = open();
    }

    flow::FlowService *operator->() const { return m_service.get(); }
    flow::FlowService &operator*() const { return *m_service; }
    QString databaseUrl() const { return m_server ? m_server->url() : QString(); }
    flow::test::ServerDatabase &server() { return *m_server; }
    /// Until the server knows of no other program.
    void waitUntilAlone() const
    {
        if (m_server)
            QTRY_COMPARE(m_server->programs(), 1);
    }
    QString dataDir() const { return m_folder.filePath(QStringLiteral("data")); }

private:
    QTemporaryDir m_folder;
    mutable std::optional<flow::test::ServerDatabase> m_server;
    std::unique_ptr<flow::FlowService> m_service;
};

/// See flow::test::flowOf(); the tasks are `noop` unless they say otherwise.
inline flow::FlowFile fileOf(const QString &id, const QString &tasks, const QString &conditions = {})
{
    flow::Flow flow = flow::test::flowOf(tasks, conditions, QStringLiteral("noop"));
    flow.id = id;
    return {flow, {}};
}

/// A flow of one task that waits ten minutes unless it is cancelled.
inline flow::FlowFile waitingFile(const QString &id)
{
    flow::FlowFile file = fileOf(id, QStringLiteral("wait,type=delay"));
    file.flow.tasks.first().config = QJsonObject{{QStringLiteral("seconds"), 600}};
    return file;
}
