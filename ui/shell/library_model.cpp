// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/library_model.h"

#include "base/clock.h"
#include "look/format.h"

#include <QSet>

#include <algorithm>

namespace flow {

/// Row by row, so that selection, scroll position and a name that is being edited survive whatever others save
/// meanwhile.
void LibraryModel::setFlows(const QList<StoredFlow> &flows)
{
    constexpr qsizetype fewerThanAll = 200; // a list that is new altogether is not worth the steps
    if (m_flows.isEmpty() || std::abs(flows.size() - m_flows.size()) > fewerThanAll) {
        beginResetModel();
        m_flows = flows;
        endResetModel();
        return;
    }
    removeMissing(flows);
    for (int row = 0; row < flows.size(); ++row) {
        bringTo(row, flows[row].file.flow.id, flows[row]);
        if (m_flows[row] == flows[row])
            continue;
        m_flows[row] = flows[row];
        Q_EMIT dataChanged(index(row), index(row));
    }
}

void LibraryModel::removeMissing(const QList<StoredFlow> &flows)
{
    QSet<FlowId> kept;
    for (const StoredFlow &flow : flows)
        kept.insert(flow.file.flow.id);
    for (int row = static_cast<int>(m_flows.size()) - 1; row >= 0; --row) {
        if (kept.contains(m_flows[row].file.flow.id))
            continue;
        beginRemoveRows({}, row, row);
        m_flows.removeAt(row);
        endRemoveRows();
    }
}

/// Moves the row of `id` up to `row`, or puts in `flow` there when it is new. Rows above are in place already.
void LibraryModel::bringTo(int row, const FlowId &id, const StoredFlow &flow)
{
    int from = row;
    while (from < m_flows.size() && m_flows[from].file.flow.id != id)
        ++from;
    if (from == m_flows.size()) {
        beginInsertRows({}, row, row);
        m_flows.insert(row, flow);
        endInsertRows();
    } else if (from > row) {
        beginMoveRows({}, from, from, {}, row);
        m_flows.move(from, row);
        endMoveRows();
    }
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
