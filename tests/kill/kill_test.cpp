// SPDX-License-Identifier: GPL-3.0-or-later
#include "aftermath.h"
#include "client_load.h"
#include "server_program.h"
#include "support/http_client.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QThread>

#include <cstdio>
#include <memory>
#include <random>

using namespace flow::test;

namespace {

constexpr int roundsInOneFolder = 50;
constexpr int mostFailures = 5;

QJsonObject task(const char *name, const QString &script, const QString &effects)
{
    const QJsonArray arguments{QStringLiteral("-c"), script, QStringLiteral("sh"),
                               QStringLiteral("${execution.id} ") + QString::fromUtf8(name), effects};
    return {{QStringLiteral("name"), QString::fromUtf8(name)},
            {QStringLiteral("type"), QStringLiteral("run_command")},
            {QStringLiteral("config"), QJsonObject{{QStringLiteral("program"), QStringLiteral("/bin/sh")},
                                                   {QStringLiteral("arguments"), arguments}}}};
}

QJsonObject inARow(const QString &id, const QJsonArray &tasks)
{
    QJsonArray conditions;
    for (qsizetype i = 0; i + 1 < tasks.size(); ++i)
        conditions.append(QJsonObject{{QStringLiteral("name"), QStringLiteral("after %1").arg(i)},
                                      {QStringLiteral("source_task"), tasks[i][QStringLiteral("name")]},
                                      {QStringLiteral("outcome"), QStringLiteral("success")},
                                      {QStringLiteral("target_task_success"), tasks[i + 1][QStringLiteral("name")]},
                                      {QStringLiteral("target_task_failure"), QStringLiteral("end")}});
    return {{QStringLiteral("id"), id},
            {QStringLiteral("name"), id},
            {QStringLiteral("start_task"), tasks[0][QStringLiteral("name")]},
            {QStringLiteral("tasks"), tasks},
            {QStringLiteral("conditions"), conditions}};
}

/// Flows whose tasks leave a line for each attempt.
QList<QJsonObject> flowsFor(const QString &effects)
{
    const QString quick = QStringLiteral(R"(printf '%s\n' "$1" >> "$2")");
    const QString slow = QStringLiteral("sleep 0.03; ") + quick + QStringLiteral("; sleep 0.03");
    const QJsonObject pure{{QStringLiteral("name"), QStringLiteral("pure")},
                           {QStringLiteral("type"), QStringLiteral("noop")}};
    QJsonObject retried = task("mark often", quick + QStringLiteral("; exit 1"), effects);
    retried.insert(QStringLiteral("retry"), QJsonObject{{QStringLiteral("max_attempts"), 3}});
    return {inARow(QStringLiteral("quick"), {task("mark 1", quick, effects), pure, task("mark 2", quick, effects)}),
            inARow(QStringLiteral("slow"), {pure, task("mark 1", slow, effects), task("mark 2", slow, effects)}),
            inARow(QStringLiteral("retried"), {task("mark first", quick, effects), retried})};
}

/// Kills the same data folder's programs again and again.
class Victim
{
public:
    Victim()
        : m_effects(m_folder.filePath(QStringLiteral("effects")))
        , m_aftermath(dataDir(), m_effects)
    {
        QDir().mkpath(dataDir());
    }

    /// What is wrong after the kill before; then executes, and kills at some moment of these milliseconds.
    QString round(ServerProgram::Kind kind, std::mt19937 &random);
    /// Looks at everything once more.
    QString last();
    void keepFolder() { m_folder.setAutoRemove(false); }
    QString folder() const { return m_folder.path(); }
    qsizetype heard() const { return m_heard; }

private:
    QString dataDir() const { return m_folder.filePath(QStringLiteral("data")); }
    QString look(ServerProgram &server);
    QString makeFlows(quint16 port);
    QByteArray token() const;

    QTemporaryDir m_folder;
    QString m_effects;
    Aftermath m_aftermath;
    Told m_told;
    qsizetype m_heard = 0;
};

QByteArray Victim::token() const
{
    QFile file(dataDir() + QStringLiteral("/token"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

QString Victim::makeFlows(quint16 port)
{
    HttpClient client(port);
    for (const QJsonObject &flow : flowsFor(m_effects)) {
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
    m_heard += m_told.executions.size() + m_told.attempts.size();
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
    ClientLoad load(
        server.port(), token(),
        {QStringLiteral("quick"), QStringLiteral("quick"), QStringLiteral("slow"), QStringLiteral("retried")});
    QThread::msleep(random() % workMs);
    server.kill();
    m_told = load.finish();
    return {};
}

QString Victim::last()
{
    m_aftermath.nobodyLives();
    ServerProgram server(ServerProgram::Kind::Flowctl, dataDir());
    const QString wrong = look(server);
    return wrong.isEmpty() ? m_aftermath.damage() : wrong;
}

ServerProgram::Kind kindOf(int round)
{
#ifdef FLOW_MANAGER
    if (round % 10 == 0)
        return ServerProgram::Kind::FlowManager;
#endif
    Q_UNUSED(round)
    return ServerProgram::Kind::Flowctl;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addPositionalArgument(QStringLiteral("COUNT"), QStringLiteral("How often to kill (1000)."));
    parser.addOption(
        {QStringLiteral("seed"), QStringLiteral("As an earlier run printed it."), QStringLiteral("NUMBER")});
    parser.process(application);
    const int count = parser.positionalArguments().value(0, QStringLiteral("1000")).toInt();
    const unsigned seed =
        parser.isSet(QStringLiteral("seed")) ? parser.value(QStringLiteral("seed")).toUInt() : std::random_device()();
    std::printf("seed %u\n", seed);
    std::fflush(stdout);

    std::mt19937 random(seed);
    int failed = 0;
    int round = 0;
    qsizetype heard = 0;
    while (round < count && failed < mostFailures) {
        Victim victim;
        QString wrong;
        const int end = std::min(count, round + roundsInOneFolder);
        while (round < end && wrong.isEmpty()) {
            ++round;
            wrong = victim.round(kindOf(round), random);
        }
        if (wrong.isEmpty())
            wrong = victim.last();
        if (!wrong.isEmpty()) {
            ++failed;
            victim.keepFolder();
            std::printf("round %d: %s (%s)\n", round, qPrintable(wrong), qPrintable(victim.folder()));
        }
        heard += victim.heard();
        std::printf("%d kills, %lld results told and kept\n", round, static_cast<long long>(heard));
        std::fflush(stdout);
    }
    std::printf("%d passed, %d failed\n", round - failed, failed);
    return failed == 0 ? 0 : 1;
}
