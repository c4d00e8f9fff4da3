// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/flow_service.h"
#include "support/flow_builder.h"

#include <QTemporaryDir>

/// A service with a data folder of its own; more services on the same folder stand for other programs.
class ServiceFixture
{
public:
    ServiceFixture()
        : m_service(open())
    {
    }

    std::unique_ptr<flow::FlowService> open() const
    {
        flow::ServiceSettings settings;
        settings.dataDir = m_folder.filePath(QStringLiteral("data"));
        settings.executionThreads = 4;
        auto service = flow::FlowService::open(settings);
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
    QString dataDir() const { return m_folder.filePath(QStringLiteral("data")); }

private:
    QTemporaryDir m_folder;
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
