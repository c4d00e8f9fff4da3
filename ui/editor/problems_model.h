// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/issue.h"

#include <QAbstractListModel>

namespace flow {

/// The issues of a flow as rows. GUI thread.
class ProblemsModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum DataRole { IsErrorRole = Qt::UserRole, PlaceTextRole, FixLabelRole };

    using QAbstractListModel::QAbstractListModel;

    /// `flow` gives the names of the places.
    void setIssues(const QList<Issue> &issues, const Flow &flow);
    const Issue &issue(int row) const { return m_rows[row].issue; }
    int errorCount() const;
    int warningCount() const { return int(m_rows.size()) - errorCount(); }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Row
    {
        Issue issue;
        QString place;
    };
    QList<Row> m_rows;
};

/// "Fetch prices", "condition “Big orders”" or "flow".
QString placeText(const Place &place, const Flow &flow);

} // namespace flow
