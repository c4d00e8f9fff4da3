// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/built_in_tasks.h"
#include "tasks/child_flows.h"
#include "tasks/schema_builder.h"

#include <QCoreApplication>

namespace flow {

namespace {

const QString stopWord = QStringLiteral("stop");
const QString goOnWord = QStringLiteral("go_on");
const QString ignoreWord = QStringLiteral("ignore");

class ForEachTask final : public BaseTask
{
    Q_DECLARE_TR_FUNCTIONS(ForEachTask)

public:
    static TaskType describe()
    {
        return {
            .name = QStringLiteral("for_each"),
            .title = tr("For each"),
            .description = tr("Run a flow for each item of a list"),
            .group = tr("Flows"),
            .icon = QStringLiteral("for-each"),
            .help = tr("Runs a flow once for each item. The flow finds the item in its input as item and its number, "
                       "from 0, as index; its expressions may say item and index. Returns the results in the order of "
                       "the items, null for an item that failed, and how many failed."),
            .configSchema =
                SchemaBuilder()
                    .list({QStringLiteral("items"), tr("Items"),
                           tr("A list, usually an expression such as ${tasks.load.data.rows}")},
                          QJsonObject())
                    .text({QStringLiteral("flow"), tr("Flow"),
                           tr("Name of a sub-flow in this file, or id of a flow in the library")},
                          1, 255)
                    .object({QStringLiteral("input"), tr("Input"),
                             tr("What every run of the flow gets as its input, besides its item"), QJsonObject()})
                    .integer({QStringLiteral("concurrency"), tr("At the same time"),
                              tr("How many items are worked on at once"), 1},
                             1, 64)
                    .choice(
                        {QStringLiteral("on_failure"), tr("When an item fails"),
                         tr("stop: the others are stopped and this task fails; go_on: all items are worked on, then "
                            "this task fails; ignore: it succeeds all the same"),
                         stopWord},
                        {stopWord, goOnWord, ignoreWord})
                    .require(QStringLiteral("items"))
                    .require(QStringLiteral("flow"))
                    .schema(),
            .resultSchema = SchemaBuilder()
                                .returns("results", "array",
                                         tr("The results in the order of the items, null for an item that failed"))
                                .returns("failed", "integer", tr("How many items failed"))
                                .returns("errors", "array", tr("What failed: index, execution_id and error"))
                                .schema(),
            .waitsForFlows = true,
            .flowsOf = calls};
    }

    TaskResult execute(TaskRun &run) override
    {
        const QJsonArray items = run.config.value(u"items").toArray();
        if (items.size() > mostChildren)
            return TaskResult::failure(tr("There are %1 items; a task may run at most %2 flows")
                                           .arg(QString::number(items.size()), QString::number(mostChildren)));
        const QString onFailure = run.config.value(u"on_failure").toString();
        ChildPlan plan{.atOnce = run.config.value(u"concurrency").toInt(1),
                       .enough = int(items.size()),
                       .goesOn = onFailure != stopWord};
        for (qsizetype i = 0; i < items.size(); ++i) {
            QJsonObject input = run.config.value(u"input").toObject();
            input.insert(QStringLiteral("item"), items[i]);
            input.insert(QStringLiteral("index"), i);
            plan.flows.append({run.config.value(u"flow").toString(), input});
        }
        return withChildren(plan, run, [&](const QList<ChildResult> &results) {
            return together(plan, results, onFailure == ignoreWord);
        });
    }

private:
    static QList<FlowCall> calls(const QJsonObject &config)
    {
        const QJsonValue items = config.value(u"items");
        if (items.isArray() && items.toArray().isEmpty())
            return {};
        QList<FlowCall> calls = writtenCalls(config);
        for (FlowCall &call : calls) {
            call.input.insert(QStringLiteral("item"), QStringLiteral("${item}"));
            call.input.insert(QStringLiteral("index"), QStringLiteral("${index}"));
            call.isCertain = items.isArray(); // a list that is made in the run may be empty
        }
        return calls;
    }

    static TaskResult together(const ChildPlan &plan, const QList<ChildResult> &results, bool ignoresFailures)
    {
        QJsonArray list;
        QJsonArray errors;
        QString error;
        bool isReason = false;
        for (qsizetype i = 0; i < results.size(); ++i) {
            const ChildResult &one = results[i];
            list.append(one.data);
            if (one.status == ExecutionStatus::Completed || one.execution == 0)
                continue;
            const QString text = childError(plan.flows[i], one);
            errors.append(QJsonObject{{QStringLiteral("index"), i},
                                      {QStringLiteral("execution_id"), one.execution},
                                      {QStringLiteral("error"), text}});
            // One that was stopped because another has failed is not the reason.
            const bool failed = one.status == ExecutionStatus::Failure;
            if (error.isNull() || (failed && !isReason))
                error = tr("Item %1: %2").arg(i).arg(text);
            isReason = isReason || failed;
        }
        const QJsonObject data{{QStringLiteral("results"), list},
                               {QStringLiteral("failed"), errors.size()},
                               {QStringLiteral("errors"), errors}};
        return error.isNull() || ignoresFailures ? TaskResult::success(data) : TaskResult::failure(error, data);
    }
};

} // namespace

void addForEachTask(TaskRegistry &registry)
{
    addTask<ForEachTask>(registry);
}

} // namespace flow
