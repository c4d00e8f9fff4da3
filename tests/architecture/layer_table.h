// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QSet>
#include <QString>
#include <QStringList>

/// A row of the table under "## Layers" in docs/architecture.md.
struct Layer
{
    QString name;
    QString folder;
    QSet<QString> uses;
    QSet<QString> usesPrivately;
    QSet<QString> qtModules;
    QSet<QString> others;
};

/// The table, with what follows from it.
class LayerTable
{
public:
    /// Rows of the Markdown text; empty when there is no such table.
    static LayerTable parse(const QString &markdown);

    const QMap<QString, Layer> &layers() const { return m_layers; }
    /// The layer whose folder holds this path (relative to the project); null when none does.
    const Layer *layerOf(const QString &path) const;

    /// The layer itself and all it may use, directly or through others.
    QSet<QString> reachable(const QString &layer) const;
    QSet<QString> qtModules(const QString &layer) const;
    QSet<QString> others(const QString &layer) const;

private:
    template <typename Member>
    QSet<QString> unite(const QString &layer, Member member) const;

    QMap<QString, Layer> m_layers;
};
