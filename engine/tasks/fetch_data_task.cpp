// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/built_in_tasks.h"
#include "tasks/demo_task.h"
#include "tasks/schema_builder.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace flow {

namespace {

class FetchDataTask final : public DemoTask
{
    Q_DECLARE_TR_FUNCTIONS(FetchDataTask)

public:
    static TaskType describe()
    {
        return {
            .name = QStringLiteral("task1"),
            .title = tr("Fetch data"),
            .description = QStringLiteral("Fetch data from source"),
            .group = tr("Demo data"),
            .icon = QStringLiteral("download"),
            .help =
                tr("Pretends to fetch three records and returns them as records, with total_count and fetch_timestamp. "
                   "Fails by chance, as a real source would."),
            .configSchema = SchemaBuilder().demoBehaviour(0.5, 0.1).schema(),
            .resultSchema = SchemaBuilder()
                                .returns("records", "array", tr("The records, each with id and value"))
                                .returns("total_count", "integer", tr("How many records there are"))
                                .returns("fetch_timestamp", "string", tr("When they were fetched"))
                                .schema()};
    }

protected:
    QString mishap() const override { return QStringLiteral("Failed to connect to data source"); }

    QJsonValue produce(TaskRun &run) const override
    {
        QJsonArray records;
        for (int id = 1; id <= 3; ++id)
            records << QJsonObject{{QStringLiteral("id"), id}, {QStringLiteral("value"), id * 100}};
        return QJsonObject{{QStringLiteral("records"), records},
                           {QStringLiteral("total_count"), records.size()},
                           {QStringLiteral("fetch_timestamp"), toIso(run.clock->now())}};
    }
};

} // namespace

void addFetchDataTask(TaskRegistry &registry)
{
    addTask<FetchDataTask>(registry);
}

} // namespace flow
