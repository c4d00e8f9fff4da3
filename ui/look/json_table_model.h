// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"

#include <QAbstractTableModel>
#include <QJsonArray>

#include <optional>

namespace flow {

/// A list of objects that look alike, as a table: one column per field. GUI thread.
class JsonTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    explicit JsonTableModel(const Look *look, QObject *parent = nullptr);

    void setRows(const QJsonArray &rows);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const Look *m_look;
    QJsonArray m_rows;
    QStringList m_columns;
};

/// A list inside `value` (itself, or one of its members) that reads better as a table; the longest of them.
struct JsonTable
{
    QString name; ///< the member's name; empty for the value itself
    QJsonArray rows;
};
std::optional<JsonTable> tableIn(const QJsonValue &value);

} // namespace flow
