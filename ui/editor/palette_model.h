// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/task_type.h"

#include <QAbstractListModel>

namespace flow {

/// Rows of the palette: task types below headings of their groups, or, while searching, one list with the best match
/// first. GUI thread; the task types outlive it.
class PaletteModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum DataRole { IsHeadingRole = Qt::UserRole, NameRole, IconRole, GroupRole };

    explicit PaletteModel(const TaskTypes *types, QObject *parent = nullptr);

    void setSearch(const QString &text);
    bool isSearching() const { return !m_search.isEmpty(); }
    /// The first row that is a task type; -1 when nothing was found.
    int firstTaskRow() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;

private:
    struct Row
    {
        QString heading; ///< empty: a task type
        QString type;
    };
    QList<Row> grouped() const;
    QList<Row> ranked() const;

    const TaskTypes *m_types;
    QString m_search;
    QList<Row> m_rows;
};

/// How well a task type fits what was typed; 0: not at all. The title counts most, then the name, then the description;
/// every word has to be found somewhere.
int paletteScore(const TaskType &type, const QString &search);

} // namespace flow
