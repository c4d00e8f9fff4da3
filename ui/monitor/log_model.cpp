// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/log_model.h"

#include <algorithm>

namespace flow {

void LogModel::clear()
{
    beginResetModel();
    m_lines.clear();
    m_shown.clear();
    m_first = 0;
    endResetModel();
}

bool LogModel::passes(const LogLine &line) const
{
    return line.level >= m_least && (m_text.isEmpty() || line.text.contains(m_text, Qt::CaseInsensitive) ||
                                     line.task.contains(m_text, Qt::CaseInsensitive));
}

void LogModel::append(const QList<LogLine> &lines)
{
    // More than fits at once: only the end of it is kept.
    const qsizetype skipped = std::max<qsizetype>(0, lines.size() - mostLines);
    drop(total() + lines.size() - mostLines);
    m_first += skipped;
    std::deque<qint64> shown;
    for (qsizetype i = skipped; i < lines.size(); ++i) {
        if (passes(lines[i]))
            shown.push_back(m_first + total());
        m_lines.push_back(lines[i]);
    }
    if (shown.empty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + int(shown.size()) - 1);
    m_shown.insert(m_shown.end(), shown.begin(), shown.end());
    endInsertRows();
}

void LogModel::drop(qsizetype count)
{
    count = std::clamp<qsizetype>(count, 0, total());
    if (count == 0)
        return;
    const qint64 first = m_first + count;
    const auto gone = std::lower_bound(m_shown.begin(), m_shown.end(), first) - m_shown.begin();
    if (gone > 0)
        beginRemoveRows({}, 0, int(gone) - 1);
    m_shown.erase(m_shown.begin(), m_shown.begin() + gone);
    m_lines.erase(m_lines.begin(), m_lines.begin() + count);
    m_first = first;
    if (gone > 0)
        endRemoveRows();
}

void LogModel::setFilter(LogLevel least, const QString &text)
{
    beginResetModel();
    m_least = least;
    m_text = text.trimmed();
    m_shown.clear();
    for (size_t i = 0; i < m_lines.size(); ++i) {
        if (passes(m_lines[i]))
            m_shown.push_back(m_first + qint64(i));
    }
    endResetModel();
}

int LogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

QVariant LogModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const LogLine &shown = line(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return shown.text;
    case Qt::ToolTipRole:
        return QStringLiteral("<p style='white-space:pre-wrap'>%1</p>").arg(shown.text.toHtmlEscaped());
    case Qt::AccessibleTextRole:
        return toText(shown);
    case TimeRole:
        return logTime(shown.at);
    case LevelRole:
        return int(shown.level);
    case TaskRole:
        return shown.task;
    default:
        return {};
    }
}

} // namespace flow
