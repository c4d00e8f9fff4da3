// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/problems_model.h"

#include <algorithm>

namespace flow {

QString placeText(const Place &place, const Flow &flow)
{
    if (place.kind == Place::Kind::Task && place.index >= 0 && place.index < flow.tasks.size())
        return flow.tasks[place.index].name;
    if (place.kind == Place::Kind::Condition && place.index >= 0 && place.index < flow.conditions.size()) {
        const Condition &condition = flow.conditions[place.index];
        return ProblemsModel::tr("%1 › %2").arg(condition.sourceTask, condition.name);
    }
    return ProblemsModel::tr("Flow");
}

void ProblemsModel::setIssues(const QList<Issue> &issues, const Flow &flow)
{
    beginResetModel();
    m_rows.clear();
    for (const Issue &issue : issues)
        m_rows.append({issue, placeText(issue.place, flow)});
    endResetModel();
}

int ProblemsModel::errorCount() const
{
    return int(std::count_if(m_rows.begin(), m_rows.end(),
                             [](const Row &row) { return row.issue.severity == Severity::Error; }));
}

int ProblemsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant ProblemsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return row.issue.text;
    case Qt::AccessibleTextRole:
        return (row.issue.severity == Severity::Error ? tr("Error: %1") : tr("Warning: %1")).arg(row.issue.text);
    case IsErrorRole:
        return row.issue.severity == Severity::Error;
    case PlaceTextRole:
        return row.place;
    case FixLabelRole:
        return row.issue.fix ? row.issue.fix->label : QString();
    default:
        return {};
    }
}

} // namespace flow
