// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/api_server.h"
#include "service/flow_service.h"

#include <QJsonObject>
#include <QTemporaryDir>

#include <mutex>

/// A service in which the planted secrets are kept, and everything that it ever told anybody.
class SecretsFixture
{
public:
    SecretsFixture();
    ~SecretsFixture();

    flow::FlowService &service() { return *m_service; }
    QString dataDir() const { return m_folder.filePath(QStringLiteral("data")); }

    /// Runs a flow of this one task to its end.
    flow::ExecutionDetails run(const flow::Task &task);
    /// Starts it; the error is kept as well.
    flow::Result<flow::ExecutionId> start(const flow::Flow &flow, const flow::StartOptions &options = {});
    /// The program ends in good order, and begins again.
    void restart();
    /// Gives a secret another value.
    void replace(const QString &name, const QString &value);
    flow::ExecutionDetails finished(flow::ExecutionId id);
    /// The body of the reply to a request; it is kept as well.
    QByteArray rest(const QByteArray &method, const QByteArray &path, const QByteArray &body = {});
    /// The command lines of all processes below this one; they are kept as well.
    QByteArray commandLines();

    void keep(const QString &text);
    /// Everything so far.
    QByteArray told() const;
    /// Keeps what service, REST and exports say of all flows and executions.
    void askForEverything();

    /// Which secrets the search would miss, or finds where none has been yet: none, or finding nothing says nothing.
    QStringList notFindable() const;
    /// Asks for everything; the secrets that were told, or that stand in a file.
    QStringList foundAnywhere();

    static flow::Flow flowOf(const flow::Task &task);

private:
    flow::ServiceSettings settings() const;
    void open();
    void askForExecution(flow::ExecutionId id);

    QTemporaryDir m_folder;
    std::unique_ptr<flow::FlowService> m_service;
    std::unique_ptr<flow::ApiServer> m_server;
    mutable std::mutex m_mutex;
    QByteArray m_told;
};

/// A task with settings in JSON in which `%S` stands for a name of a secret.
flow::Task taskWith(const QString &type, const QString &config, const QString &secret);

/// What is known of an execution, as text.
QString wordsOf(const flow::ExecutionDetails &details);
