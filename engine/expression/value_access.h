// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/value.h"
#include "expression/value_map.h"

namespace flow {

/// How many items or entries; 0 for what is neither list nor map.
qsizetype sizeOf(const Value &collection);
/// The item of a list, from 0 to size - 1.
Value itemAt(const Value &list, qsizetype index);
/// What a map holds for a key, if anything.
std::optional<Value> valueFor(const Value &map, const MapKey &key);
/// The same for a name, without making a key of it where the map came out of JSON.
std::optional<Value> valueFor(const Value &map, const QString &name);
bool hasKey(const Value &map, const QString &name);

/// All items of a list.
QList<Value> itemsOf(const Value &list);

/// The keys of a map as a list, in its order.
QList<Value> keysOf(const Value &map);
/// The keys that are strings, for suggestions.
QStringList namesIn(const Value &map);

/// Position `index` of a list named by a number of any type; nothing when the number is not whole.
std::optional<qint64> toIndex(const Value &index);

} // namespace flow
