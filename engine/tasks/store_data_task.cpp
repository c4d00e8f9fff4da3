// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/built_in_tasks.h"
#include "tasks/demo_task.h"
#include "tasks/schema_builder.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace flow {

namespace {

class StoreDataTask final : public DemoTask
{
    Q_DECLARE_TR_FUNCTIONS(StoreDataTask)

public:
    static TaskType describe()
    {
        return {.name = QStringLiteral("task3"),
                .title = tr("Store data"),
                .description = QStringLiteral("Store processed data"),
                .group = tr("Demo data"),
                .icon = QStringLiteral("database"),
                .help =
                    tr("Pretends to store what task2 processed; writes nothing. Returns storage_id, records_stored, "
                       "storage_location and storage_timestamp. Fails when task2 left no data."),
                .configSchema = SchemaBuilder().demoBehaviour(0.2, 0).schema(),
                .resultSchema = SchemaBuilder()
                                    .returns("storage_id", "string", tr("What the pretended storage calls them"))
                                    .returns("records_stored", "integer", tr("How many records were stored"))
                                    .returns("storage_location", "string", tr("Where they would be"))
                                    .returns("storage_timestamp", "string", tr("When they were stored"))
                                    .schema()};
    }

protected:
    QString missing(const TaskRun &run) const override
    {
        const QJsonValue data = dataOf(run, QStringLiteral("task2"));
        if (data.isUndefined() || data.isNull() || data == QJsonObject())
            return QStringLiteral("No processed data from task2 to store");
        if (!data.toObject().value(u"processed_records").isArray())
            return tr("The data from task2 has no list 'processed_records'");
        return {};
    }

    QString mishap() const override { return tr("Failed to store processed data"); }

    QJsonValue produce(TaskRun &run) const override
    {
        const Timestamp now = run.clock->now();
        const qint64 seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
        const QJsonArray records =
            dataOf(run, QStringLiteral("task2")).toObject().value(u"processed_records").toArray();
        return QJsonObject{{QStringLiteral("storage_id"), QStringLiteral("store_%1").arg(seconds)},
                           {QStringLiteral("records_stored"), records.size()},
                           {QStringLiteral("storage_location"), QStringLiteral("/data/processed/output.json")},
                           {QStringLiteral("storage_timestamp"), toIso(now)}};
    }
};

} // namespace

void addStoreDataTask(TaskRegistry &registry)
{
    addTask<StoreDataTask>(registry);
}

} // namespace flow
