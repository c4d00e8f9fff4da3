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

/// The script finds what it marks in $1, the file in $2, and in $3 how the attempt before this one has failed.
QJsonObject task(const char *name, const QString &script, const QString &effects)
{
    const QString before =
        QStringLiteral("${'%1' in tasks ? string(tasks['%1'].error) : ''}").arg(QString::fromUtf8(name));
    const QJsonArray arguments{QStringLiteral("-c"),
                               script,
                               QStringLiteral("sh"),
                               QStringLiteral("${execution.id} ") + QString::fromUtf8(name),
                               effects,
                               before};
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
    const QString quick = QStringLiteral(R"(printf '%s 1\n' "$1" >> "$2")");
    const QString slow = QStringLiteral("sleep 0.03; ") + quick + QStringLiteral("; sleep 0.03");
    const QJsonObject pure{{QStringLiteral("name"), QStringLiteral("pure")},
                           {QStringLiteral("type"), QStringLiteral("noop")}};
    // Its error ends with the number of the attempt, out of which the next one makes its own.
    const QString failing = QStringLiteral(
        R"(n=$(printf %s "$3" | sed 's/.*: //'); n=$(( n + 1 )); printf '%s %s\n' "$1" "$n" >> "$2"; echo "$n" >&2; exit 1)");
    QJsonObject retried = task("mark often", failing, effects);
    retried.insert(QStringLiteral("retry"), QJsonObject{{QStringLiteral("max_attempts"), 3}});
    QJsonObject sleepy = retried; // without a thread meanwhile
    sleepy.insert(QStringLiteral("retry"),
                  QJsonObject{{QStringLiteral("max_attempts"), 2}, {QStringLiteral("delay_seconds"), 1.2}});
    QJsonObject limited = inARow(QStringLiteral("limited"), {task("mark 1", slow, effects)});
    limited.insert(QStringLiteral("concurrency"), QJsonObject{{QStringLiteral("limit"), 1}});
    const QJsonObject each{{QStringLiteral("name"), QStringLiteral("each")},
                           {QStringLiteral("type"), QStringLiteral("for_each")},
                           {QStringLiteral("config"), QJsonObject{{QStringLiteral("flow"), QStringLiteral("item")},
                                                                  {QStringLiteral("items"), QJsonArray{1, 2, 3}},
                                                                  {QStringLiteral("concurrency"), 2}}}};
    QJsonObject nested = inARow(QStringLiteral("nested"), {each, task("mark 1", quick, effects)});
    nested.insert(
        QStringLiteral("flows"),
        QJsonObject{{QStringLiteral("item"), inARow(QStringLiteral("item"), {pure, task("mark 1", slow, effects)})}});
    return {limited,
            nested,
            inARow(QStringLiteral("sleepy"), {sleepy}),
            inARow(QStringLiteral("quick"), {task("mark 1", quick, effects), pure, task("mark 2", quick, effects)}),
            inARow(QStringLiteral("slow"), {pure, task("mark 1", slow, effects), task("mark 2", slow, effects)}),
            inARow(QStringLiteral("patient"), {wait("wait 1"), wait("wait 2"), task("mark 1", quick, effects),
                                               wait("wait 3"), task("mark 2", quick, effects)}),
            inARow(QStringLiteral("retried"), {task("mark first", quick, effects), retried})};
}

} // namespace flow::test
