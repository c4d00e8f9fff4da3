// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/connect.h"
#include "document/edit_names.h"
#include "document/flow_document.h"

namespace flow {

namespace {

Error refusal(const QString &reason, const QString &value = {})
{
    return Error{.code = ErrorCode::NotAllowed, .reason = reason, .value = value};
}

} // namespace

Result<void> FlowDocument::connectTasks(const QString &source, Outcome outcome, const QString &target)
{
    if (m_readOnly)
        return refusal(tr("this is a past run; open the flow itself to change it"));
    if (m_file.flow.taskIndex(source) < 0)
        return refusal(tr("there is no such task to start from"), source);
    if (target != endTarget && m_file.flow.taskIndex(target) < 0)
        return refusal(tr("there is no such task to lead to"), target);
    FlowFile after = m_file;
    connectByMeaning(after.flow, source, outcome, target);
    change(after, tr("Connect %1 to %2").arg(source, target));
    return {};
}

Result<void> FlowDocument::retarget(qsizetype condition, bool matchedBranch, const QString &target)
{
    if (m_readOnly)
        return refusal(tr("this is a past run; open the flow itself to change it"));
    if (condition < 0 || condition >= m_file.flow.conditions.size())
        return refusal(tr("there is no such condition"));
    if (target != endTarget && m_file.flow.taskIndex(target) < 0)
        return refusal(tr("there is no such task to lead to"), target);
    FlowFile after = m_file;
    Condition &changed = after.flow.conditions[condition];
    (matchedBranch ? changed.targetTaskSuccess : changed.targetTaskFailure) = target;
    change(after, tr("Lead %1 to %2").arg(changed.name, target));
    return {};
}

void FlowDocument::changeCondition(qsizetype index, const Condition &condition, const QString &field)
{
    if (index < 0 || index >= m_file.flow.conditions.size())
        return;
    FlowFile after = m_file;
    Condition &changed = after.flow.conditions[index];
    const QString name = condition.name.isEmpty() ? changed.name : condition.name; // a file cannot hold one without
    changed = condition;
    changed.name = name;
    change(after, tr("Change %1").arg(name), QStringLiteral("condition/%1/%2").arg(index).arg(field));
}

void FlowDocument::addCondition(const Condition &condition)
{
    FlowFile after = m_file;
    Condition added = condition;
    added.name = freeConditionName(after.flow, condition.name.isEmpty() ? tr("after %1").arg(condition.sourceTask)
                                                                        : condition.name);
    after.flow.conditions << added;
    change(after, tr("Add condition %1").arg(added.name));
}

void FlowDocument::moveCondition(qsizetype from, qsizetype to)
{
    const qsizetype count = m_file.flow.conditions.size();
    if (from < 0 || to < 0 || from >= count || to >= count || from == to)
        return;
    FlowFile after = m_file;
    after.flow.conditions.move(from, to);
    change(after, tr("Reorder conditions"));
}

} // namespace flow
