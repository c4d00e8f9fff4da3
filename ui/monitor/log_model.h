// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/log_line.h"

#include <QAbstractListModel>

#include <deque>

namespace flow {

/// The lines of a log that pass the filter. Keeps the newest lines up to a bound. GUI thread.
class LogModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum DataRole { TimeRole = Qt::UserRole, LevelRole, TaskRole };
    static constexpr qsizetype mostLines = 100'000;

    using QAbstractListModel::QAbstractListModel;

    void clear();
    void append(const QList<LogLine> &lines);
    void setFilter(LogLevel least, const QString &text);

    const LogLine &line(int row) const { return m_lines[size_t(m_shown[size_t(row)] - m_first)]; }
    qsizetype total() const { return qsizetype(m_lines.size()); }
    qint64 dropped() const { return m_first; } ///< older lines that had to go

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    bool passes(const LogLine &line) const;
    void drop(qsizetype count);

    std::deque<LogLine> m_lines;
    std::deque<qint64> m_shown; ///< numbers of lines, from 0 for the first line ever
    qint64 m_first = 0;         ///< number of the oldest line kept
    LogLevel m_least = LogLevel::Debug;
    QString m_text;
};

} // namespace flow
