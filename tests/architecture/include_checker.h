// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layer_table.h"

/// Finds every include of a source tree that its layer table does not allow.
class IncludeChecker
{
public:
    /// `root` holds docs/architecture.md, engine/, ui/ and app/.
    explicit IncludeChecker(const QString &root);

    /// One line each, `engine/model/x.h: includes storage/y.h: flow_model may not use flow_storage`, sorted.
    QStringList violations() const;
    const LayerTable &table() const { return m_table; }
    qsizetype fileCount() const { return m_includes.size(); }

private:
    struct Include
    {
        QString text; ///< what stands between the quotes or brackets
        bool quoted = false;
    };
    void readFiles();
    QString resolve(const QString &from, const Include &include) const;
    QStringList checkFile(const QString &file) const;
    QString checkProject(const Layer &layer, const QString &target) const;
    QString checkOutside(const Layer &layer, const Include &include) const;

    QString m_root;
    LayerTable m_table;
    QMap<QString, QList<Include>> m_includes; ///< by path relative to the root
};
