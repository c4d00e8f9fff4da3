// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets_fixture.h"

#include "api/json_shapes.h"
#include "base/json.h"
#include "leaking_task.h"
#include "model/flow_json.h"
#include "planted_secrets.h"
#include "service/secret_store.h"

#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QJsonArray>
#include <QTcpSocket>

#include <unistd.h>

using namespace flow;

namespace {

const QByteArray token = "token-of-the-tests";

TaskRegistry registry()
{
    TaskRegistry registry = builtInTasks();
    if (const auto added = registry.add(LeakingTask::describe(), [] { return std::make_unique<LeakingTask>(); });
        !added)
        qFatal("%s", qPrintable(added.error().text()));
    return registry;
}

template <typename T>
T must(Result<T> result)
{
    if (!result)
        qFatal("%s", qPrintable(result.error().text()));
    return std::move(result).value();
}

/// What a listener is told, as far as it is text.
QString textOf(const ExecutionEvent &event)
{
    if (const auto *logged = std::get_if<TaskLogged>(&event.what))
        return logged->text;
    if (const auto *progressed = std::get_if<TaskProgressed>(&event.what))
        return progressed->text;
    if (const auto *ended = std::get_if<TaskFinished>(&event.what))
        return ended->error;
    if (const auto *over = std::get_if<ExecutionFinished>(&event.what))
        return over->error;
    return {};
}

/// Of the processes that have this one among their ancestors.
bool isBelowUs(const QString &process)
{
    for (QString at = process; !at.isEmpty() && at != u"0";) {
        if (at == QString::number(::getpid()))
            return at != process;
        QFile stat(QStringLiteral("/proc/%1/stat").arg(at));
        if (!stat.open(QIODevice::ReadOnly))
            return false;
        const QByteArray text = stat.readAll();
        at = QString::fromLatin1(text.mid(text.lastIndexOf(')') + 2).split(' ').value(1));
    }
    return false;
}

} // namespace

Task taskWith(const QString &type, const QString &config, const QString &secret)
{
    Task task;
    task.name = QStringLiteral("a");
    task.type = type;
    const json::Parsed parsed = json::parse(QString(config).replace(QStringLiteral("%S"), secret).toUtf8());
    if (!parsed.value.isObject())
        qFatal("no settings: %s", qPrintable(config));
    task.config = parsed.value.toObject();
    return task;
}

QString wordsOf(const ExecutionDetails &details)
{
    QString text = details.execution.errorMessage + u'\n';
    for (const TaskExecution &task : details.tasks)
        text += task.errorMessage + QString::fromUtf8(json::writeCompact(QJsonArray{task.outputData})) + u'\n';
    return text;
}

SecretsFixture::SecretsFixture()
{
    for (const planted::Secret &secret : planted::secrets())
        replace(secret.name, secret.value);
    open();
}

ServiceSettings SecretsFixture::settings() const
{
    ServiceSettings settings;
    settings.dataDir = dataDir();
    settings.executionThreads = 4;
    settings.secrets = SecretPlace::File;
    return settings;
}

void SecretsFixture::replace(const QString &name, const QString &value)
{
    if (const Result<void> set = openSecretStore(settings())->set(name, value); !set)
        qFatal("%s", qPrintable(set.error().text()));
}

void SecretsFixture::open()
{
    m_service = must(FlowService::open(settings(), registry()));
    QObject::connect(
        m_service.get(), &FlowService::executionEvent, m_service.get(),
        [this](const ExecutionEvent &event) { keep(textOf(event)); }, Qt::DirectConnection);
    m_server = std::make_unique<ApiServer>(*m_service);
    if (const Result<void> started = m_server->start({.port = 0, .token = token}); !started)
        qFatal("%s", qPrintable(started.error().text()));
}

void SecretsFixture::restart()
{
    m_server.reset();
    m_service.reset();
    open();
}

SecretsFixture::~SecretsFixture()
{
    m_server.reset();
    m_service.reset(); // tells until it is gone
}

Flow SecretsFixture::flowOf(const Task &task)
{
    static int number = 0;
    Flow flow;
    flow.id = QStringLiteral("flow%1").arg(++number);
    flow.name = QStringLiteral("Flow");
    flow.tasks << task;
    flow.startTask = task.name;
    return flow;
}

ExecutionDetails SecretsFixture::run(const Task &task)
{
    return finished(must(start(flowOf(task))));
}

Result<ExecutionId> SecretsFixture::start(const Flow &flow, const StartOptions &options)
{
    const Result<ExecutionId> id = m_service->start({{flow, {}}, {}, options});
    if (!id)
        keep(id.error().text());
    return id;
}

ExecutionDetails SecretsFixture::finished(ExecutionId id)
{
    return m_service->finished(id).result();
}

QByteArray SecretsFixture::rest(const QByteArray &method, const QByteArray &path, const QByteArray &body)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, m_server->port());
    if (!socket.waitForConnected(5000))
        qFatal("no connection");
    socket.write(method + ' ' + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_server->port()) +
                 "\r\nConnection: close\r\nContent-Type: application/json\r\nAuthorization: Bearer " + token +
                 "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QByteArray reply;
    while (socket.waitForReadyRead(20000))
        reply += socket.readAll();
    if (!reply.startsWith("HTTP/1.1 "))
        qFatal("no reply to %s", path.constData());
    const std::lock_guard lock(m_mutex);
    m_told += reply;
    return reply;
}

QByteArray SecretsFixture::commandLines()
{
    QByteArray lines;
    for (const QString &process : QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")})) {
        QFile line(QStringLiteral("/proc/%1/cmdline").arg(process));
        if (isBelowUs(process) && line.open(QIODevice::ReadOnly))
            lines += line.readAll() + '\n';
    }
    const std::lock_guard lock(m_mutex);
    m_told += lines;
    return lines;
}

void SecretsFixture::keep(const QString &text)
{
    const std::lock_guard lock(m_mutex);
    m_told += text.toUtf8() + '\n';
}

QByteArray SecretsFixture::told() const
{
    const std::lock_guard lock(m_mutex);
    return m_told;
}

void SecretsFixture::askForEverything()
{
    for (int page = 1;; ++page) {
        const Page<Execution> executions = must(m_service->executions({.page = page, .perPage = 100}));
        for (const Execution &execution : executions.items)
            askForExecution(execution.id);
        rest("GET", "/api/executions?per_page=100&page=" + QByteArray::number(page));
        if (executions.items.size() < 100)
            break;
    }
    for (int page = 1;; ++page) {
        const Page<StoredFlow> flows = must(m_service->flows({.page = page, .perPage = 100}));
        for (const StoredFlow &flow : flows.items) {
            const FlowFile file = must(m_service->flow(flow.file.flow.id)).file;
            keep(QString::fromUtf8(writeFlowFile(file) + exportForReference(file.flow).json));
            rest("GET", "/api/flows/" + flow.file.flow.id.toUtf8());
        }
        if (flows.items.size() < 100)
            break;
    }
}

void SecretsFixture::askForExecution(ExecutionId id)
{
    const ExecutionDetails details = must(m_service->execution(id, true));
    keep(QString::fromUtf8(json::write(executionJson(details))));
    keep(details.execution.errorMessage);
    for (const TaskExecution &task : details.tasks)
        keep(task.errorMessage);
    for (const ExecutionEvent &event : must(m_service->executionLog(id)))
        keep(textOf(event));
    const QByteArray path = "/api/executions/" + QByteArray::number(id);
    rest("GET", path + "?include_tasks=true");
    rest("GET", path + "/logs");
}

QStringList SecretsFixture::notFindable() const
{
    const QStringList found = planted::foundBelow(dataDir(), QStringLiteral("nothing"));
    QStringList missed;
    for (const planted::Secret &secret : planted::secrets()) {
        if (!found.contains(QStringLiteral("secrets: %1 (JSON)").arg(secret.name)))
            missed << secret.name + QStringLiteral(" in the file of secrets");
        if (planted::foundIn("x" + secret.value.toUtf8() + "x").value(0) != secret.name + QStringLiteral(" (plain)"))
            missed << secret.name;
    }
    if (planted::secrets().size() != 12)
        missed << QStringLiteral("one of twelve");
    return missed + planted::foundBelow(dataDir(), QStringLiteral("secrets")); // where they are not yet
}

QStringList SecretsFixture::foundAnywhere()
{
    askForEverything();
    return planted::foundIn(told()) +
           planted::foundBelow(dataDir(), QStringLiteral("secrets")); // with what is not checkpointed
}
