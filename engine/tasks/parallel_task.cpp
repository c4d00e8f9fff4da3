// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/built_in_tasks.h"
#include "tasks/child_flows.h"
#include "tasks/schema_builder.h"

#include <QCoreApplication>

#include <algorithm>

namespace flow {

namespace {

const QString allWord = QStringLiteral("all");
const QString anyWord = QStringLiteral("any");
const QString countWord = QStringLiteral("count");
const QString cancelWord = QStringLiteral("cancel");
const QString letGoWord = QStringLiteral("let_go");
constexpr int mostFlows = 64;

/// One entry of the list: which flow, with which input.
QJsonObject entrySchema()
{
    return SchemaBuilder()
        .text({QStringLiteral("flow"), {}, {}}, 1, 255)
        .object({QStringLiteral("input"), {}, {}, QJsonObject()})
        .require(QStringLiteral("flow"))
        .schema();
}

class ParallelTask final : public BaseTask
{
    Q_DECLARE_TR_FUNCTIONS(ParallelTask)

public:
    static TaskType describe()
    {
        return {.name = QStringLiteral("parallel"),
                .title = tr("Parallel"),
                .description = tr("Run several flows at the same time"),
                .group = tr("Flows"),
                .icon = QStringLiteral("parallel"),
                .help = tr("Runs several flows at the same time and waits for all of them, for the first that "
                           "completes, or for a number of them. Returns their results in order, null for one that did "
                           "not complete. Fails as soon as too few can still complete."),
                .configSchema =
                    SchemaBuilder()
                        .list({QStringLiteral("flows"), tr("Flows"),
                               tr("Each with flow (name of a sub-flow in this file, or id of a flow in the library) "
                                  "and input")},
                              entrySchema())
                        .choice({QStringLiteral("wait_for"), tr("Wait for"),
                                 tr("all: every one has to complete; any: one; count: as many as said below"), allWord},
                                {allWord, anyWord, countWord})
                        .integer({QStringLiteral("count"), tr("Count"),
                                  tr("How many have to complete, where it waits for a count"), 1},
                                 1, mostFlows)
                        .choice({QStringLiteral("rest"), tr("The rest"),
                                 tr("What happens to those that are not needed any more. cancel: they are stopped; "
                                    "let_go: they run to their end by themselves"),
                                 cancelWord},
                                {cancelWord, letGoWord})
                        .require(QStringLiteral("flows"))
                        .schema(),
                .resultSchema =
                    SchemaBuilder()
                        .returns("results", "array",
                                 tr("The results in the order of the flows, null for one that did not complete"))
                        .returns("execution_ids", "array", tr("Numbers of the runs, in the same order"))
                        .returns("completed", "integer", tr("How many of them completed"))
                        .schema(),
                .waitsForFlows = true,
                .mistakesOf = mistakes,
                .flowsOf = calls};
    }

    TaskResult execute(TaskRun &run) override
    {
        const QJsonArray flows = run.config.value(u"flows").toArray();
        const int enough = needed(run.config, int(flows.size()));
        for (const QString &problem : {tooMany(flows.size()), tooFew(flows.size(), enough)}) {
            if (!problem.isNull())
                return TaskResult::failure(problem);
        }
        const bool lets = run.config.value(u"rest").toString() == letGoWord;
        ChildPlan plan{
            .atOnce = mostFlows, .enough = enough, .rest = lets ? ChildPlan::Rest::LetGo : ChildPlan::Rest::Cancel};
        for (const QJsonValue &flow : flows)
            plan.flows.append({flow[u"flow"].toString(), flow[u"input"].toObject()});
        return withChildren(plan, run, [&](const QList<ChildResult> &results) { return together(plan, results); });
    }

private:
    static QList<FlowCall> calls(const QJsonObject &config)
    {
        QList<FlowCall> calls;
        const QJsonArray flows = config.value(u"flows").toArray();
        for (qsizetype i = 0; i < flows.size(); ++i)
            calls += writtenCalls(flows[i].toObject(), FieldPath(QStringLiteral("flows")) / i);
        // Another flow beside it may complete or fail first, which can be the end of this one.
        const bool areAlike = calls.size() == flows.size() &&
                              std::all_of(calls.begin(), calls.end(),
                                          [&](const FlowCall &call) { return call.flow == calls.first().flow; });
        for (FlowCall &call : calls)
            call.isCertain = areAlike;
        return calls;
    }

    /// What is wrong with so many flows; null when nothing is.
    static QString tooMany(qsizetype flows)
    {
        return flows <= mostFlows ? QString()
                                  : tr("There are %1 flows; a task runs at most %2 at the same time")
                                        .arg(QString::number(flows), QString::number(mostFlows));
    }

    static QString tooFew(qsizetype flows, int enough)
    {
        return enough <= flows ? QString()
                               : tr("%1 flows have to complete, but there are only %2").arg(enough).arg(flows);
    }

    static QList<Error> mistakes(const QJsonObject &config)
    {
        QList<Error> found;
        const auto report = [&found](const QString &problem, const QString &setting) {
            if (!problem.isNull())
                found << Error{.code = ErrorCode::OutOfRange, .reason = problem, .path = FieldPath(setting)};
        };
        const QJsonValue flows = config.value(u"flows");
        if (!flows.isArray())
            return {}; // an expression makes the list
        const qsizetype count = flows.toArray().size();
        report(tooMany(count), QStringLiteral("flows"));
        report(tooFew(count, needed(config, int(count))), QStringLiteral("count"));
        return found;
    }

    static int needed(const QJsonObject &config, int count)
    {
        const QString word = config.value(u"wait_for").toString();
        if (word == countWord)
            return config.value(u"count").toInt();
        return word == anyWord ? std::min(1, count) : count;
    }

    static TaskResult together(const ChildPlan &plan, const QList<ChildResult> &results)
    {
        QJsonArray list;
        QJsonArray executions;
        int completed = 0;
        QString error;
        for (qsizetype i = 0; i < results.size(); ++i) {
            list.append(results[i].data);
            executions.append(results[i].execution);
            completed += results[i].status == ExecutionStatus::Completed ? 1 : 0;
            if (error.isNull() && results[i].status == ExecutionStatus::Failure)
                error = childError(plan.flows[i], results[i]);
        }
        const QJsonObject data{{QStringLiteral("results"), list},
                               {QStringLiteral("execution_ids"), executions},
                               {QStringLiteral("completed"), completed}};
        if (completed >= plan.enough)
            return TaskResult::success(data);
        const QString reason =
            tr("%1 of %2 flows completed, and %3 had to")
                .arg(QString::number(completed), QString::number(results.size()), QString::number(plan.enough));
        return TaskResult::failure(error.isNull() ? reason : reason + QStringLiteral(". ") + error, data);
    }
};

} // namespace

void addParallelTask(TaskRegistry &registry)
{
    addTask<ParallelTask>(registry);
}

} // namespace flow
