// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/value_map.h"

#include <QHashFunctions>

#include <cmath>

namespace flow {

namespace {

// Doubles that are whole and fit exactly find int keys; all others find nothing.
std::optional<MapKey> wholeKey(double value)
{
    if (value != std::floor(value))
        return std::nullopt;
    if (value >= -0x1p63 && value < 0x1p63)
        return MapKey{qint64(value)};
    if (value >= 0x1p63 && value < 0x1p64)
        return MapKey{quint64(value)};
    return std::nullopt;
}

} // namespace

std::optional<MapKey> toMapKey(const Value &value)
{
    if (const QString *text = value.get<QString>())
        return MapKey{*text};
    if (const qint64 *number = value.get<qint64>())
        return MapKey{*number};
    if (const bool *flag = value.get<bool>())
        return MapKey{*flag};
    if (const quint64 *number = value.get<quint64>())
        return *number <= quint64(std::numeric_limits<qint64>::max()) ? MapKey{qint64(*number)} : MapKey{*number};
    if (const double *number = value.get<double>())
        return wholeKey(*number);
    return std::nullopt;
}

bool MapValue::insert(const Value &key, const Value &value)
{
    const auto normal = key.type() == ValueType::Double ? std::nullopt : toMapKey(key);
    if (!normal || m_index.contains(*normal))
        return false;
    m_index.insert(*normal, m_keys.size());
    m_keys.append(key);
    m_values.append(value);
    return true;
}

const Value *MapValue::find(const MapKey &key) const
{
    const auto found = m_index.constFind(key);
    return found == m_index.cend() ? nullptr : &m_values.at(*found);
}

size_t qHash(const MapKey &key, size_t seed)
{
    return std::visit([&](const auto &content) { return ::qHash(content, seed ^ key.content.index()); }, key.content);
}

} // namespace flow
