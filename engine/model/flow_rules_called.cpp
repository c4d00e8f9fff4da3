// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_rules.h"

/// Rules on tasks that run flows: each flow stands in the file or in the library.
#include "base/similar_word.h"
#include "model/config_schema.h"

#include <QJsonArray>

#include <algorithm>

namespace flow::rules {

namespace {

/// Finds what was probably meant by a name that stands for no flow.
class Meant
{
public:
    explicit Meant(const FlowFacts &facts)
    {
        for (const FlowFacts *at = &facts; at; at = at->outer)
            m_names += at->flow.flows.keys();
        if (!facts.library)
            return;
        m_names += facts.library->names.keys();
        for (auto flow = facts.library->names.begin(); flow != facts.library->names.end(); ++flow)
            m_ids.insert(flow.value().toLower(), flow.key());
    }

    /// Empty when nothing is like it.
    QString by(const QString &name)
    {
        constexpr int mostComparisons = 10; // a library is large, and nobody misspells more at once
        constexpr int fewestLetters = 3;    // any two shorter names are alike
        const QString id = m_ids.value(name.toLower());
        if (!id.isEmpty() || name.size() < fewestLetters || m_comparisons++ >= mostComparisons)
            return id;
        return similarWord(name, m_names);
    }

private:
    QStringList m_names;
    QHash<QString, FlowId> m_ids; ///< by the name that people see, in small letters
    int m_comparisons = 0;
};

/// `value` with `text` at the place that the steps from `depth` on lead to.
QJsonValue replaced(const QJsonValue &value, const FieldPath &path, const QString &text, qsizetype depth = 0)
{
    if (depth == path.steps().size())
        return text;
    const FieldPath::Step &step = path.steps()[depth];
    if (step.index >= 0) {
        QJsonArray list = value.toArray();
        if (step.index < list.size())
            list[step.index] = replaced(list[step.index], path, text, depth + 1);
        return list;
    }
    QJsonObject object = value.toObject();
    object.insert(step.key, replaced(object.value(step.key), path, text, depth + 1));
    return object;
}

Fix useFlow(qsizetype index, const Task &task, const FlowCall &call, const QString &meant)
{
    return {issueText("Use '%1'").arg(meant), [index, task, path = call.flowField, meant](Flow &flow) {
                // The task may have changed since; then the Issue is old and nothing happens.
                if (index < flow.tasks.size() && flow.tasks[index] == task)
                    flow.tasks[index].config = replaced(task.config.value_or(QJsonObject()), path, meant).toObject();
            }};
}

QString sentence(const Task &task, const FlowCall &call, const QString &meant, bool isLibraryKnown)
{
    if (!isLibraryKnown) {
        return issueText("Task '%1' runs the flow '%2', which is not in this file. Did you mean '%3'? Only the library "
                         "can tell whether there is a flow '%2'.")
            .arg(task.name, call.flow, meant);
    }
    const QString unknown = issueText("Task '%1' runs the flow '%2', which is neither in this file nor in the library.")
                                .arg(task.name, call.flow);
    return meant.isEmpty() ? unknown : issueText("%1 Did you mean '%2'?").arg(unknown, meant);
}

/// Calls `visit` for each flow that tasks run and that is not in the file.
template <typename Visit>
void forEachCallOfLibrary(const FlowFacts &facts, const Visit &visit)
{
    for (qsizetype i = 0; i < facts.flow.tasks.size(); ++i) {
        const Task &task = facts.flow.tasks[i];
        const auto type = facts.types.constFind(task.typeName());
        if (type == facts.types.constEnd() || !type->flowsOf)
            continue;
        for (const FlowCall &call :
             type->flowsOf(withDefaults(type->configSchema, task.config.value_or(QJsonObject())))) {
            // The library knows the file's own flow once it runs.
            if (!facts.subFlow(call.flow) && call.flow != facts.fileFlow().id)
                visit(i, call);
        }
    }
}

void collect(const FlowFacts &facts, QStringList *ids)
{
    forEachCallOfLibrary(facts, [ids](qsizetype, const FlowCall &call) {
        if (!ids->contains(call.flow))
            ids->append(call.flow);
    });
    for (const Flow &inner : facts.flow.flows)
        collect(FlowFacts(inner, facts.types, facts.library, &facts), ids);
}

bool runsFlows(const Flow &flow, const TaskTypes &types)
{
    const auto isRunner = [&](const Task &task) {
        const auto type = types.constFind(task.typeName());
        return type != types.constEnd() && type->flowsOf;
    };
    return std::any_of(flow.tasks.begin(), flow.tasks.end(), isRunner) ||
           std::any_of(flow.flows.begin(), flow.flows.end(),
                       [&](const Flow &inner) { return runsFlows(inner, types); });
}

} // namespace

void checkCalledFlows(const FlowFacts &facts, QList<Issue> *issues)
{
    std::optional<Meant> meant;
    forEachCallOfLibrary(facts, [&](qsizetype index, const FlowCall &call) {
        if (facts.library && facts.library->names.contains(call.flow))
            return;
        if (!meant)
            meant.emplace(facts);
        const QString likely = meant->by(call.flow);
        if (!facts.library && likely.isEmpty())
            return; // it will be one of the library
        const Task &task = facts.flow.tasks[index];
        const bool isCertain = facts.library && !facts.library->mayBeOld;
        Issue issue{isCertain ? Severity::Error : Severity::Warning, QStringLiteral("unknown-flow"),
                    sentence(task, call, likely, facts.library),
                    taskPlace(index, QStringLiteral("config.") + call.flowField.toString())};
        if (!likely.isEmpty())
            issue.fix = useFlow(index, task, call, likely);
        issues->append(issue);
    });
}

} // namespace flow::rules

namespace flow {

QStringList flowsOfLibrary(const Flow &flow, const TaskTypes &types)
{
    QStringList ids;
    if (rules::runsFlows(flow, types)) // asked before each start, and most flows run none
        rules::collect(rules::FlowFacts(flow, types, nullptr), &ids);
    return ids;
}

} // namespace flow
