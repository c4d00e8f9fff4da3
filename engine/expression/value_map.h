// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/value.h"

#include <QHash>

#include <optional>
#include <variant>

namespace flow {

/// A key in the form in which equal keys are equal: whole numbers of any numeric type are one key.
struct MapKey
{
    std::variant<bool, qint64, quint64, QString> content;
    bool operator==(const MapKey &) const = default;
};

size_t qHash(const MapKey &key, size_t seed = 0);

/// The key that `value` looks up; nothing when a value of this type can never be a key.
std::optional<MapKey> toMapKey(const Value &value);

/// A map made by an expression or a test: keys are bool, int, uint or string, in the order in which they were added.
class MapValue
{
public:
    /// False when the key is there already or may not be a key.
    bool insert(const Value &key, const Value &value);
    const Value *find(const MapKey &key) const;

    qsizetype size() const { return m_keys.size(); }
    const Value &keyAt(qsizetype index) const { return m_keys.at(index); }
    const Value &valueAt(qsizetype index) const { return m_values.at(index); }

private:
    QList<Value> m_keys;
    QList<Value> m_values;
    QHash<MapKey, qsizetype> m_index;
};

} // namespace flow
