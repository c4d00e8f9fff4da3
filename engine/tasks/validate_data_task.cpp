// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/built_in_tasks.h"
#include "tasks/demo_task.h"
#include "tasks/schema_builder.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace flow {

namespace {

/// The list of records in a task's data, under either of the names the demo tasks use; undefined when there is none.
QJsonValue recordsOf(const QJsonValue &data)
{
    if (data.isArray())
        return data;
    const QJsonObject object = data.toObject();
    const QJsonValue records = object.value(u"records");
    return records.isUndefined() ? object.value(u"processed_records") : records;
}

bool isEmpty(const QJsonValue &data)
{
    return data.isUndefined() || data.isNull() || data == QJsonObject() || data == QJsonArray() || data == QString();
}

class ValidateDataTask final : public DemoTask
{
    Q_DECLARE_TR_FUNCTIONS(ValidateDataTask)

public:
    static TaskType describe()
    {
        return {
            .name = QStringLiteral("validate_data"),
            .title = tr("Validate data"),
            .description = tr("Check the data of an earlier task"),
            .group = tr("Demo data"),
            .icon = QStringLiteral("check"),
            .help = tr(
                "Looks at what an earlier task returned. Fails when there is no data, when its list of records is "
                "empty, holds "
                "something other than objects, or is not as long as the data says. Returns source, valid, record_count "
                "and validation_timestamp."),
            .configSchema =
                SchemaBuilder()
                    .text(
                        {QStringLiteral("source"), tr("Data of"),
                         tr("Name of the earlier task. Empty: the newest one that returned records, or else any data")},
                        0, 100)
                    .demoBehaviour(0, 0)
                    .schema(),
            .resultSchema = SchemaBuilder()
                                .returns("source", "string", tr("Name of the task whose data it was"))
                                .returns("valid", "boolean", tr("Always true: otherwise the task fails"))
                                .returns("record_count", "integer", tr("How many records there are"))
                                .returns("validation_timestamp", "string", tr("When they were looked at"))
                                .schema()};
    }

protected:
    QString missing(const TaskRun &run) const override
    {
        const QString source = sourceOf(run);
        if (source.isEmpty())
            return tr("No earlier task has returned data to validate");
        if (!run.context.contains(source))
            return tr("Task '%1' has not run, so there is no data to validate").arg(source);
        const QJsonValue data = dataOf(run, source);
        if (isEmpty(data))
            return tr("Task '%1' has returned no data to validate").arg(source);
        return problemIn(data, source);
    }

    QString mishap() const override { return tr("Data validation failed"); }

    QJsonValue produce(TaskRun &run) const override
    {
        const QString source = sourceOf(run);
        return QJsonObject{{QStringLiteral("source"), source},
                           {QStringLiteral("valid"), true},
                           {QStringLiteral("record_count"), recordsOf(dataOf(run, source)).toArray().size()},
                           {QStringLiteral("validation_timestamp"), toIso(run.clock->now())}};
    }

private:
    static QString sourceOf(const TaskRun &run)
    {
        const QString chosen = run.config.value(u"source").toString();
        if (!chosen.isEmpty())
            return chosen;
        QString withData;
        for (auto name = run.history.crbegin(); name != run.history.crend(); ++name) {
            const QJsonValue data = dataOf(run, *name);
            if (!recordsOf(data).isUndefined())
                return *name;
            if (withData.isEmpty() && !isEmpty(data))
                withData = *name;
        }
        return withData;
    }

    static QString problemIn(const QJsonValue &data, const QString &source)
    {
        const QJsonValue records = recordsOf(data);
        if (records.isUndefined())
            return {};
        if (!records.isArray())
            return tr("The records of task '%1' are not a list").arg(source);
        const QJsonArray list = records.toArray();
        if (list.isEmpty())
            return tr("The list of records of task '%1' is empty").arg(source);
        for (qsizetype index = 0; index < list.size(); ++index) {
            if (!list.at(index).isObject())
                return tr("Record %1 of task '%2' is not an object").arg(index + 1).arg(source);
        }
        for (const QString &field : {QStringLiteral("total_count"), QStringLiteral("record_count")}) {
            const QJsonValue count = data.toObject().value(field);
            if (!count.isUndefined() && count != QJsonValue(list.size()))
                return tr("Task '%1' says in %2 that it has %3 records, but there are %4")
                    .arg(source, field, count.toVariant().toString(), QString::number(list.size()));
        }
        return {};
    }
};

} // namespace

void addValidateDataTask(TaskRegistry &registry)
{
    addTask<ValidateDataTask>(registry);
}

} // namespace flow
