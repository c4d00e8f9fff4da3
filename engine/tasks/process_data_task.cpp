// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/built_in_tasks.h"
#include "tasks/demo_task.h"
#include "tasks/schema_builder.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace flow {

namespace {

class ProcessDataTask final : public DemoTask
{
    Q_DECLARE_TR_FUNCTIONS(ProcessDataTask)

public:
    static TaskType describe()
    {
        return {.name = QStringLiteral("task2"),
                .title = tr("Process data"),
                .description = QStringLiteral("Process and transform data"),
                .group = tr("Demo data"),
                .icon = QStringLiteral("gear"),
                .help = tr("Works on the records that task1 fetched: doubles each value, calls values above 150 high "
                           "and the others low, "
                           "and returns processed_records with record_count, total_value and average_value. Fails when "
                           "task1 left no "
                           "data, and by chance."),
                .configSchema = SchemaBuilder().demoBehaviour(0.3, 0.05).schema(),
                .resultSchema = SchemaBuilder()
                                    .returns("processed_records", "array",
                                             tr("The records, each with doubled_value and category as well"))
                                    .returns("record_count", "integer", tr("How many records there are"))
                                    .returns("total_value", "number", tr("The sum of their values"))
                                    .returns("average_value", "number", tr("The average of their values"))
                                    .schema()};
    }

protected:
    QString missing(const TaskRun &run) const override
    {
        const QJsonValue data = dataOf(run, QStringLiteral("task1"));
        if (data.isUndefined() || data.isNull() || data == QJsonObject())
            return QStringLiteral("No data from task1 to process");
        const QJsonValue records = data.toObject().value(u"records");
        if (!records.isArray())
            return tr("The data from task1 has no list 'records'");
        const QJsonArray list = records.toArray();
        for (qsizetype index = 0; index < list.size(); ++index) {
            if (!list.at(index).toObject().value(u"value").isDouble())
                return tr("Record %1 of the data from task1 has no number 'value'").arg(index + 1);
        }
        return {};
    }

    QString mishap() const override { return QStringLiteral("Data processing failed due to invalid format"); }

    QJsonValue produce(TaskRun &run) const override
    {
        QJsonArray processed;
        double total = 0;
        const QJsonArray records = dataOf(run, QStringLiteral("task1")).toObject().value(u"records").toArray();
        for (const QJsonValue &entry : records) {
            QJsonObject record = entry.toObject();
            const double value = record.value(u"value").toDouble();
            total += value;
            record.insert(QStringLiteral("doubled_value"), value * 2);
            record.insert(QStringLiteral("category"), value > 150 ? QStringLiteral("high") : QStringLiteral("low"));
            processed << record;
        }
        return QJsonObject{
            {QStringLiteral("processed_records"), processed},
            {QStringLiteral("record_count"), processed.size()},
            {QStringLiteral("total_value"), total},
            {QStringLiteral("average_value"), processed.isEmpty() ? 0 : total / double(processed.size())}};
    }
};

} // namespace

void addProcessDataTask(TaskRegistry &registry)
{
    addTask<ProcessDataTask>(registry);
}

} // namespace flow
