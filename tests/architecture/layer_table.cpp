// SPDX-License-Identifier: GPL-3.0-or-later
#include "layer_table.h"

namespace {

QSet<QString> words(const QString &cell)
{
    QSet<QString> result;
    for (const QString &word : cell.split(u',', Qt::SkipEmptyParts))
        result << word.trimmed();
    result.remove(QString());
    return result;
}

} // namespace

LayerTable LayerTable::parse(const QString &markdown)
{
    LayerTable table;
    const QString section = markdown.section(QStringLiteral("\n## Layers\n"), 1).section(QStringLiteral("\n## "), 0, 0);
    for (const QString &line : section.split(u'\n')) {
        const QStringList cells = line.split(u'|');
        if (cells.size() != 9 || line.startsWith(QStringLiteral("|---")) || cells[1].trimmed() == u"library")
            continue;
        Layer layer{cells[1].trimmed(), cells[2].trimmed(), words(cells[4]),
                    words(cells[5]),    words(cells[6]),    words(cells[7])};
        table.m_layers.insert(layer.name, layer);
    }
    return table;
}

const Layer *LayerTable::layerOf(const QString &path) const
{
    for (const Layer &layer : m_layers) {
        if (path.startsWith(layer.folder + u'/'))
            return &layer;
    }
    return nullptr;
}

QSet<QString> LayerTable::reachable(const QString &layer) const
{
    QSet<QString> found{layer};
    QStringList open{layer};
    while (!open.isEmpty()) {
        for (const QString &used : m_layers.value(open.takeFirst()).uses) {
            if (!found.contains(used)) {
                found << used;
                open << used;
            }
        }
    }
    return found;
}

template <typename Member>
QSet<QString> LayerTable::unite(const QString &layer, Member member) const
{
    QSet<QString> all;
    for (const QString &used : reachable(layer))
        all += m_layers.value(used).*member;
    return all;
}

QSet<QString> LayerTable::qtModules(const QString &layer) const
{
    return unite(layer, &Layer::qtModules);
}

QSet<QString> LayerTable::others(const QString &layer) const
{
    return unite(layer, &Layer::others);
}
