// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/flow_file.h"
#include "model/flow_json.h"
#include "service/flow_service.h"

#include <QJsonArray>
#include <QJsonDocument>

/// Flows with sub-flows, written down as JSON.
namespace flow::test {

/// JSON with ' for ".
inline QJsonObject object(QString text)
{
    return QJsonDocument::fromJson(text.replace(u'\'', u'"').toUtf8()).object();
}

/// A flow whose tasks run one after the other; `flows` are its sub-flows.
inline FlowFile file(const QString &id, const QString &tasks, const QString &flows = QStringLiteral("{}"))
{
    const auto complete = [](QJsonObject flow) {
        QJsonArray conditions;
        const QJsonArray list = flow[u"tasks"].toArray();
        flow.insert(QStringLiteral("start_task"), list.first()[u"name"]);
        for (qsizetype i = 1; i < list.size(); ++i) {
            conditions.append(QJsonObject{{QStringLiteral("name"), QStringLiteral("c%1").arg(i)},
                                          {QStringLiteral("source_task"), list[i - 1][u"name"]},
                                          {QStringLiteral("outcome"), QStringLiteral("success")},
                                          {QStringLiteral("target_task_success"), list[i][u"name"]},
                                          {QStringLiteral("target_task_failure"), QStringLiteral("end")}});
        }
        flow.insert(QStringLiteral("conditions"), conditions);
        return flow;
    };
    QJsonObject inner = object(flows);
    for (const QString &name : inner.keys()) {
        QJsonObject one{{QStringLiteral("id"), name}, {QStringLiteral("name"), name}};
        one.insert(QStringLiteral("tasks"), inner.value(name));
        inner.insert(name, complete(one));
    }
    QJsonObject flow{{QStringLiteral("id"), id}, {QStringLiteral("name"), id}};
    flow.insert(QStringLiteral("tasks"), object(QStringLiteral("{'tasks': %1}").arg(tasks))[u"tasks"]);
    flow = complete(flow);
    if (!inner.isEmpty())
        flow.insert(QStringLiteral("flows"), inner);
    const auto read = flowFromJson(flow, {}, Reading::Draft);
    for (const Error &error : read.errors)
        qWarning("%s", qPrintable(error.text()));
    return {read.flow, {}};
}

inline QJsonValue dataOf(const ExecutionDetails &details, const QString &task)
{
    for (const TaskExecution &one : details.tasks) {
        if (one.taskName == task)
            return one.outputData;
    }
    return QJsonValue::Undefined;
}

inline QString text(const QJsonValue &value)
{
    return QString::fromUtf8(QJsonDocument(QJsonObject{{QStringLiteral("v"), value}}).toJson(QJsonDocument::Compact))
        .mid(5)
        .chopped(1)
        .replace(u'"', u'\'');
}

} // namespace flow::test
