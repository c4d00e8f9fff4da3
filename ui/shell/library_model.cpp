// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/library_model.h"

#include "base/clock.h"
#include "look/format.h"

#include <algorithm>

namespace flow {

void LibraryModel::setFlows(const QList<StoredFlow> &flows)
{
    const auto ids = [](const QList<StoredFlow> &list) {
        QStringList result;
        for (const StoredFlow &flow : list)
            result.append(flow.file.flow.id);
        return result;
    };
    if (ids(flows) == ids(m_flows)) {
        m_flows = flows; // keeps selection and scroll position
        if (!m_flows.isEmpty())
            Q_EMIT dataChanged(index(0), index(static_cast<int>(m_flows.size()) - 1));
        return;
    }
    beginResetModel();
    m_flows = flows;
    endResetModel();
}

const StoredFlow *LibraryModel::flow(const FlowId &id) const
{
    const auto found =
        std::find_if(m_flows.cbegin(), m_flows.cend(), [&](const StoredFlow &flow) { return flow.file.flow.id == id; });
    return found == m_flows.cend() ? nullptr : &*found;
}

void LibraryModel::setStatus(const FlowId &id, ExecutionStatus status, std::optional<Timestamp> startedAt)
{
    for (int row = 0; row < m_flows.size(); ++row) {
        StoredFlow &flow = m_flows[row];
        if (flow.file.flow.id != id)
            continue;
        flow.lastStatus = status;
        flow.lastExecutedAt = startedAt;
        Q_EMIT dataChanged(index(row), index(row));
    }
}

int LibraryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_flows.size());
}

QVariant LibraryModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const StoredFlow &flow = m_flows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return flow.file.flow.name;
    case Qt::ToolTipRole:
        return toolTip(flow);
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2").arg(flow.file.flow.name, statusText(flow));
    case IdRole:
        return flow.file.flow.id;
    case StatusRole:
        return flow.lastStatus ? QVariant(static_cast<int>(*flow.lastStatus)) : QVariant();
    case WhenRole:
        return statusText(flow);
    default:
        return {};
    }
}

QString LibraryModel::statusText(const StoredFlow &flow) const
{
    if (!flow.lastStatus)
        return tr("never");
    if (!isFinished(*flow.lastStatus))
        return look(*flow.lastStatus).word;
    return flow.lastExecutedAt ? formatWhen(*flow.lastExecutedAt, systemClock().now()) : look(*flow.lastStatus).word;
}

QString LibraryModel::toolTip(const StoredFlow &flow) const
{
    QStringList lines{flow.file.flow.name};
    if (!flow.file.flow.description.isEmpty())
        lines.append(flow.file.flow.description);
    lines.append(tr("Id %1, version %2, saved %3")
                     .arg(flow.file.flow.id, formatNumber(flow.version), formatExact(flow.updatedAt)));
    if (flow.lastStatus && flow.lastExecutedAt)
        lines.append(tr("Last run %1: %2").arg(formatExact(*flow.lastExecutedAt), look(*flow.lastStatus).word));
    if (!flow.isActive)
        lines.append(tr("Not active: it is kept but does not run"));
    return lines.join(u'\n');
}

bool LibraryModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const QString name = value.toString().trimmed();
    if (role != Qt::EditRole || !index.isValid() || name.isEmpty() || name == m_flows[index.row()].file.flow.name)
        return false;
    Q_EMIT renameRequested(m_flows[index.row()].file.flow.id, name);
    return true;
}

Qt::ItemFlags LibraryModel::flags(const QModelIndex &index) const
{
    return index.isValid() ? Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemIsEditable : Qt::NoItemFlags;
}

} // namespace flow
