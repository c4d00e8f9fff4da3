// SPDX-License-Identifier: GPL-3.0-or-later
#include "marked_flows.h"

#include <QJsonArray>

namespace flow::test {

namespace {

/// Safe to repeat: whoever starts the program again need not be asked.
QJsonObject wait(const char *name)
{
    return {{QStringLiteral("name"), QString::fromUtf8(name)},
            {QStringLiteral("type"), QStringLiteral("delay")},
            {QStringLiteral("config"), QJsonObject{{QStringLiteral("seconds"), 0.05}}}};
}

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

} // namespace

QList<QJsonObject> markedFlows(const QString &effects)
{
    const QString quick = QStringLiteral(R"(printf '%s\n' "$1" >> "$2")");
    const QString slow = QStringLiteral("sleep 0.03; ") + quick + QStringLiteral("; sleep 0.03");
    const QJsonObject pure{{QStringLiteral("name"), QStringLiteral("pure")},
                           {QStringLiteral("type"), QStringLiteral("noop")}};
    QJsonObject retried = task("mark often", quick + QStringLiteral("; exit 1"), effects);
    retried.insert(QStringLiteral("retry"), QJsonObject{{QStringLiteral("max_attempts"), 3}});
    return {inARow(QStringLiteral("quick"), {task("mark 1", quick, effects), pure, task("mark 2", quick, effects)}),
            inARow(QStringLiteral("slow"), {pure, task("mark 1", slow, effects), task("mark 2", slow, effects)}),
            inARow(QStringLiteral("patient"), {wait("wait 1"), wait("wait 2"), task("mark 1", quick, effects),
                                               wait("wait 3"), task("mark 2", quick, effects)}),
            inARow(QStringLiteral("retried"), {task("mark first", quick, effects), retried})};
}

} // namespace flow::test
