// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/child_starter.h"

#include "base/json.h"
#include "service/flow_check.h"
#include "service/library_check.h"
#include "service/resume_plan.h"

#include <QCoreApplication>

#include <algorithm>

namespace flow {

namespace {

/// An execution that was resumed again and again; more than anybody does by hand.
constexpr int mostResumes = 1000;

struct Messages
{
    Q_DECLARE_TR_FUNCTIONS(ChildFlows)
};

/// Of an attempt no two records have the same number: that of a child which replaces another is higher by as many as
/// there may be.
int indexOf(const Execution &child)
{
    return child.parent->index % mostChildren;
}

/// The last one of each, where `children` are in the order of their numbers.
QMap<int, Execution> byIndex(const QList<Execution> &children)
{
    QMap<int, Execution> map;
    for (const Execution &child : children)
        map.insert(indexOf(child), child);
    return map;
}

/// The attempt of the task that was not over when its execution ended, or that failed; 0: there is none.
int unfinishedAttempt(const ExecutionPosition &position, const QString &task)
{
    for (auto attempt = position.attempts.rbegin(); attempt != position.attempts.rend(); ++attempt) {
        if (attempt->taskName == task)
            return attempt->status == TaskStatus::Success ? 0 : attempt->sequenceNumber;
    }
    return 0;
}

/// Whether the attempt is the first that ran in its execution itself.
bool isFirstOwn(const ExecutionPosition &position, int sequenceNumber)
{
    const auto first = std::find_if(position.attempts.begin(), position.attempts.end(),
                                    [](const AttemptRecord &one) { return one.origin != AttemptOrigin::Reused; });
    return first != position.attempts.end() && first->sequenceNumber == sequenceNumber;
}

} // namespace

ChildStarter::ChildStarter(const Stores &stores, const TaskRun &run)
    : m_stores(stores)
    , m_run(run)
{
}

Result<void> ChildStarter::prepare()
{
    const Result<Execution> parent = m_stores.executions.get(m_run.executionId);
    if (!parent)
        return parent.error();
    const Result<FlowFile> file = m_stores.flows.revision(parent->revision);
    if (!file)
        return file.error();
    if (parent->depth + 1 >= deepestNesting)
        return Error{.code = ErrorCode::NotAllowed,
                     .reason = Messages::tr("Flow '%1' is the %2th within each other, and that is the limit: task '%3' "
                                            "may not run further flows. Look whether flows run each other in a circle")
                                   .arg(file->flow.name, QString::number(parent->depth + 1), m_run.taskName)};
    m_parent = *parent;
    m_flow = file->flow;
    return {};
}

Result<ChildStarter::Before> ChildStarter::before()
{
    const Result<QList<Execution>> children = m_stores.executions.children(m_run.executionId, m_run.sequenceNumber);
    const Result<bool> edited = children && !children->isEmpty() ? isEdited() : false;
    if (!children || !edited)
        return children ? edited.error() : children.error();
    m_isEdited = *edited;
    Before before{byIndex(*children), {}};
    for (const Execution &child : *children) {
        m_lastNumbers.insert(indexOf(child), child.parent->index);
        if (before.current.value(indexOf(child)).id != child.id)
            before.replaced.append(child);
    }
    return before;
}

Result<bool> ChildStarter::isEdited() const
{
    const Result<StandingExecution> parent = m_stores.executions.standing(m_run.executionId);
    if (!parent)
        return parent.error();
    const QList<ContextEdit> &edits = parent->position.edits;
    return !edits.isEmpty() && edits.last().afterSequence >= m_run.sequenceNumber;
}

Result<bool> ChildStarter::isStillWanted(const ChildFlow &child, const Execution &execution)
{
    if (!m_isEdited)
        return true;
    const Result<bool> same = isSameFlow(child, execution);
    if (!same || !*same)
        return same;
    const Result<QJsonObject> input = inputFor(execution.revision, child.input);
    if (!input)
        return input.error();
    return json::writeCompact(*input) == json::writeCompact(execution.inputContext); // stored, 1.0 is 1
}

/// In whatever version: what was done by an older one of the library was done.
Result<bool> ChildStarter::isSameFlow(const ChildFlow &child, const Execution &execution)
{
    if (!m_flow.flows.contains(child.flow))
        return execution.flowId == child.flow;
    const Result<Target> target = find(child.flow);
    if (!target)
        return target.error();
    return target->revision == execution.revision;
}

/// As a child of that revision would have got it.
Result<QJsonObject> ChildStarter::inputFor(const RevisionId &revision, const QJsonObject &input)
{
    if (!m_flows.contains(revision)) {
        const Result<FlowFile> file = m_stores.flows.revision(revision);
        if (!file)
            return file.error();
        m_flows.insert(revision, file->flow);
    }
    const Result<QJsonObject> checked = checkedInput(m_flows[revision], input);
    return checked ? *checked : input;
}

Result<QMap<int, Execution>> ChildStarter::earlier() const
{
    QMap<int, Execution> found;
    std::optional<ExecutionId> resumed = m_parent.resumedFrom;
    ExecutionId id = m_parent.id;
    int sequence = m_run.sequenceNumber;
    for (int times = 0; resumed && times < mostResumes; ++times) {
        const Result<StandingExecution> now = m_stores.executions.standing(id);
        const Result<StandingExecution> before = now ? m_stores.executions.standing(*resumed) : now;
        if (!before)
            return before.error().code == ErrorCode::NotFound ? found : Result<QMap<int, Execution>>(before.error());
        if (!isFirstOwn(now->position, sequence))
            break;
        id = *resumed;
        sequence = unfinishedAttempt(before->position, m_run.taskName);
        resumed = before->execution.resumedFrom;
        if (sequence == 0)
            break;
        const Result<QList<Execution>> children = m_stores.executions.children(id, sequence);
        if (!children)
            return children.error();
        const QMap<int, Execution> older = byIndex(*children);
        for (auto child = older.begin(); child != older.end(); ++child) {
            if (!found.contains(child.key()))
                found.insert(child.key(), child.value());
        }
    }
    return found;
}

Result<bool> ChildStarter::isSame(const ChildFlow &child, const Execution &earlier)
{
    const Result<Target> target = find(child.flow);
    if (!target)
        return target.error();
    const Result<QJsonObject> input = checkedInput(target->flow, child.input);
    return target->revision == earlier.revision && (input ? *input : child.input) == earlier.inputContext;
}

Result<ExecutionOrder> ChildStarter::start(const ChildFlow &child, int index, const std::optional<Execution> &earlier)
{
    const Result<Target> target = find(child.flow);
    if (!target)
        return target.error();
    const Result<QJsonObject> input = checkedInput(target->flow, child.input);
    Execution execution{
        .flowId = target->flow.id, .revision = target->revision, .inputContext = input ? *input : child.input};
    const auto last = m_lastNumbers.constFind(index);
    const int number = last == m_lastNumbers.constEnd() ? index : *last + mostChildren;
    execution.parent = ExecutionParent{m_parent.id, m_run.sequenceNumber, number};
    execution.depth = m_parent.depth + 1;
    ExecutionBeginning beginning{.recoverable = m_stores.recoverable};
    if (earlier) {
        const Result<StandingExecution> old = m_stores.executions.standing(earlier->id);
        if (!old)
            return old.error();
        const ResumePlan plan = resumePlan(target->flow, old->position, {});
        if (plan.kept >= 0) {
            execution.resumedFrom = earlier->id;
            execution.startTask = plan.from.isEmpty() ? QString() : plan.from;
            beginning.reusedUpTo = plan.kept;
        }
    }
    const Result<Execution> created = m_stores.executions.create(std::move(execution), beginning);
    if (!created)
        return created.error();
    ExecutionOrder order;
    order.id = created->id;
    order.flow = target->flow;
    order.revision = target->revision;
    order.input = created->inputContext;
    order.parent = m_parent.id;
    if (!input) // one of many may not fit, and those beside it go on: it fails by itself
        order.controls.refusal = input.error().text();
    order.position.startTask = created->startTask;
    if (beginning.reusedUpTo > 0) {
        Result<StandingExecution> standing = m_stores.executions.standing(created->id);
        if (!standing)
            return standing.error();
        order.position = std::move(standing->position);
    }
    return order;
}

Result<ChildStarter::Target> ChildStarter::find(const QString &name)
{
    if (const auto known = m_targets.constFind(name); known != m_targets.constEnd())
        return *known;
    const Result<Target> target = resolve(name);
    if (target)
        m_targets.insert(name, *target);
    return target;
}

Result<ChildStarter::Target> ChildStarter::resolve(const QString &name) const
{
    Result<Target> target = m_flow.flows.contains(name) ? subFlow(name) : libraryFlow(name);
    if (!target)
        return target;
    if (const Result<void> runnable = checkRunnableHere(target->flow, m_stores.types, m_stores.flows); !runnable)
        return Error{.code = runnable.error().code,
                     .reason = Messages::tr("Flow '%1' cannot run: %2").arg(name, runnable.error().reason)};
    return target;
}

/// A sub-flow is kept as a revision of the flow in whose file it stands, and sees what stands beside it.
Result<ChildStarter::Target> ChildStarter::subFlow(const QString &name) const
{
    Flow flow = m_flow.flows.value(name);
    flow.id = m_flow.id;
    for (auto other = m_flow.flows.begin(); other != m_flow.flows.end(); ++other) {
        if (!flow.flows.contains(other.key()))
            flow.flows.insert(other.key(), other.value());
    }
    FlowFile file;
    file.flow = flow;
    const Result<RevisionId> revision = m_stores.flows.keepRevision(file);
    if (!revision)
        return revision.error();
    return Target{flow, *revision};
}

Result<ChildStarter::Target> ChildStarter::libraryFlow(const FlowId &id) const
{
    const Result<StoredFlow> stored = m_stores.flows.get(id);
    if (!stored && stored.error().code == ErrorCode::NotFound)
        return Error{.code = ErrorCode::NotFound,
                     .reason =
                         Messages::tr("There is no flow '%1', neither in the file of flow '%2' nor in the library")
                             .arg(id, m_flow.name)};
    if (!stored)
        return stored.error();
    if (!stored->isActive)
        return Error{.code = ErrorCode::NotAllowed, .reason = Messages::tr("Flow '%1' is not active").arg(id)};
    return Target{stored->file.flow, stored->revision};
}

} // namespace flow
