// SPDX-License-Identifier: GPL-3.0-or-later
#include "aftermath.h"

#include "round_database.h"
#include "support/http_client.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QThread>

namespace flow::test {

namespace {

constexpr int mostMilliseconds = 2000;
constexpr int patienceMs = 60'000;

QString named(qint64 execution, const QString &what)
{
    return QStringLiteral("execution %1: %2").arg(execution).arg(what);
}

} // namespace

Aftermath::Aftermath(const QString &dataDir, const QString &effects)
    : m_dataDir(dataDir)
    , m_effects(effects)
{
}

QString Aftermath::file() const
{
    return m_dataDir + QStringLiteral("/flows.db");
}

Result<QStringList> Aftermath::executions(const QString &columns, const QString &clause) const
{
    return rowsOf(file(), QStringLiteral("SELECT %1 FROM flow_executions e WHERE %2").arg(columns, clause));
}

QSet<QString> Aftermath::ownersThatLeftALock() const
{
    const QStringList locks =
        QDir(file() + QStringLiteral("-owners")).entryList({QStringLiteral("owner-*.lock")}, QDir::Files);
    QSet<QString> owners;
    for (const QString &lock : locks)
        owners.insert(lock.section(u'-', 1).chopped(5));
    return owners;
}

void Aftermath::nobodyLives()
{
    m_dead = ownersThatLeftALock();
}

QString Aftermath::leftRunning() const
{
    QElapsedTimer time;
    time.start();
    QString left;
    do {
        const QSet<QString> living = ownersThatLeftALock() - m_dead;
        const Result<QStringList> rows =
            executions(QStringLiteral("owner, id, status"),
                       // Without an owner it waits for a free place in any program.
                       QStringLiteral("status = 'running' OR (status = 'pending' AND owner <> '')"));
        if (!rows)
            return rows.error().text();
        left.clear();
        for (const QString &row : *rows) {
            if (!living.contains(row.section(u'|', 0, 0)))
                left =
                    named(row.section(u'|', 1, 1).toLongLong(), row.section(u'|', 2) + u' ' + row.section(u'|', 0, 0));
        }
        if (left.isEmpty())
            return {};
        QThread::msleep(10);
    } while (time.elapsed() < mostMilliseconds);
    return left;
}

QString Aftermath::notGoneOn() const
{
    QElapsedTimer time;
    time.start();
    for (;;) {
        const Result<QStringList> rows =
            executions(QStringLiteral("id, status"), QStringLiteral("status IN ('pending', 'running')"));
        if (!rows)
            return rows.error().text();
        if (rows->isEmpty())
            return {};
        if (time.elapsed() > patienceMs)
            return named(rows->first().section(u'|', 0, 0).toLongLong(), QStringLiteral("does not come to its end"));
        QThread::msleep(10);
    }
}

int Aftermath::interrupted() const
{
    const Result<QStringList> rows = executions(QStringLiteral("id"), QStringLiteral("status = 'interrupted'"));
    return rows ? int(rows->size()) : 0;
}

QString Aftermath::notResumed(quint16 port, const QByteArray &token) const
{
    // What others have started is taken up by those.
    const Result<QStringList> interrupted =
        executions(QStringLiteral("id"), QStringLiteral("status = 'interrupted' AND parent_id IS NULL"));
    if (!interrupted)
        return interrupted.error().text();
    HttpClient client(port);
    for (const QString &id : *interrupted) {
        const HttpClient::Reply reply = client.post("/api/executions/" + id.toUtf8() + "/resume", token, "{}");
        if (reply.status < 200 || reply.status > 299)
            return named(id.toLongLong(), QString::fromUtf8(QByteArray::number(reply.status) + ' ' + reply.body));
    }
    if (const QString wrong = notGoneOn(); !wrong.isEmpty())
        return wrong;
    const Result<QStringList> stopped = executions(
        QStringLiteral("id, (SELECT n.flow_id || ' ' || n.status FROM flow_executions n WHERE n.resumed_from = e.id)"),
        QStringLiteral("status = 'interrupted' AND parent_id IS NULL AND NOT EXISTS (SELECT 1 FROM flow_executions n"
                       " WHERE n.resumed_from = e.id"
                       " AND n.status = iif(n.flow_id IN ('retried', 'sleepy'), 'failure', 'completed'))"));
    if (!stopped)
        return stopped.error().text();
    return stopped->isEmpty() ? QString() : QStringLiteral("resumed, but not to its end: ") + stopped->first();
}

QString Aftermath::notWhatWasTold(const Told &told, quint16 port, const QByteArray &token) const
{
    QSet<qint64> ids;
    for (auto one = told.executions.begin(); one != told.executions.end(); ++one)
        ids.insert(one.key());
    for (auto one = told.attempts.begin(); one != told.attempts.end(); ++one)
        ids.insert(one.key().first);

    HttpClient client(port);
    Told now;
    for (const qint64 id : ids) {
        const HttpClient::Reply reply =
            client.get("/api/executions/" + QByteArray::number(id) + "?include_tasks=true", token);
        now.add(QJsonDocument::fromJson(reply.body).object().value(QStringLiteral("data")).toObject());
    }
    for (auto one = told.executions.begin(); one != told.executions.end(); ++one) {
        if (now.executions.value(one.key()) != *one)
            return named(one.key(), QStringLiteral("told %1, is %2").arg(*one, now.executions.value(one.key())));
    }
    for (auto one = told.attempts.begin(); one != told.attempts.end(); ++one) {
        if (now.attempts.value(one.key()) != *one)
            return named(one.key().first, QStringLiteral("attempt %1 told %2, is %3")
                                              .arg(one.key().second)
                                              .arg(*one, now.attempts.value(one.key())));
    }
    return {};
}

QString Aftermath::wrongEffects() const
{
    // Before the effects: whoever goes on with what was left is at work, and each attempt that has ended has its own.
    const QString attempted = QStringLiteral("SELECT flow_execution_id || ' ' || task_name || ' ' || attempt,"
                                             " status IN ('success', 'failure') FROM task_executions"
                                             " WHERE task_name LIKE 'mark%' AND origin = 'run'");
    const Result<QStringList> attempts = rowsOf(file(), attempted);
    if (!attempts)
        return attempts.error().text();
    QMap<QString, int> lines; // by "id task attempt"
    QFile effects(m_effects);
    if (effects.open(QIODevice::ReadOnly)) {
        while (!effects.atEnd())
            ++lines[QString::fromUtf8(effects.readLine()).trimmed()];
    }
    for (const QString &row : *attempts) {
        const QString key = row.section(u'|', 0, 0);
        const int left = lines.take(key);
        const int ended = row.section(u'|', 1, 1).toInt();
        if (left > 1 || left < ended)
            return QStringLiteral("%1: %2 effects, ended: %3").arg(key).arg(left).arg(ended);
    }
    if (lines.isEmpty())
        return {};
    // What has come since then has an attempt by now.
    const Result<QStringList> later = rowsOf(file(), attempted);
    if (!later)
        return later.error().text();
    for (const QString &row : *later)
        lines.remove(row.section(u'|', 0, 0));
    return lines.isEmpty() ? QString() : QStringLiteral("an effect without an attempt: %1").arg(lines.firstKey());
}

QString Aftermath::damage() const
{
    const Result<QStringList> verdict = rowsOf(file(), QStringLiteral("PRAGMA quick_check"));
    if (!verdict)
        return verdict.error().text();
    return *verdict == QStringList{QStringLiteral("ok")} ? QString() : verdict->join(u' ');
}

} // namespace flow::test
