// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/value_access.h"

namespace flow {

qsizetype sizeOf(const Value &collection)
{
    if (const auto *list = collection.get<QList<Value>>())
        return list->size();
    if (const auto *list = collection.get<QJsonArray>())
        return list->size();
    if (const auto *object = collection.get<QJsonObject>())
        return object->size();
    if (const auto *map = collection.get<std::shared_ptr<const MapValue>>())
        return (*map)->size();
    return 0;
}

Value itemAt(const Value &list, qsizetype index)
{
    if (const auto *items = list.get<QList<Value>>())
        return items->at(index);
    if (const auto *items = list.get<QJsonArray>())
        return Value::fromJson(items->at(index));
    Q_ASSERT_X(false, "itemAt", "not a list");
    return {};
}

QList<Value> itemsOf(const Value &list)
{
    if (const auto *items = list.get<QList<Value>>())
        return *items;
    QList<Value> items;
    const qsizetype size = sizeOf(list);
    items.reserve(size);
    for (qsizetype i = 0; i < size; ++i)
        items.append(itemAt(list, i));
    return items;
}

std::optional<Value> valueFor(const Value &map, const MapKey &key)
{
    if (const auto *entries = map.get<std::shared_ptr<const MapValue>>()) {
        const Value *found = (*entries)->find(key);
        return found ? std::optional(*found) : std::nullopt;
    }
    const auto *name = std::get_if<QString>(&key.content);
    return name ? valueFor(map, *name) : std::nullopt;
}

std::optional<Value> valueFor(const Value &map, const QString &name)
{
    if (const auto *object = map.get<QJsonObject>()) {
        const QJsonValue found = object->value(name);
        return found.isUndefined() ? std::nullopt : std::optional(Value::fromJson(found));
    }
    return map.get<std::shared_ptr<const MapValue>>() ? valueFor(map, MapKey{name}) : std::nullopt;
}

bool hasKey(const Value &map, const QString &name)
{
    if (const auto *object = map.get<QJsonObject>())
        return object->contains(name);
    const auto *entries = map.get<std::shared_ptr<const MapValue>>();
    return entries && (*entries)->find(MapKey{name});
}

QList<Value> keysOf(const Value &map)
{
    QList<Value> keys;
    keys.reserve(sizeOf(map));
    if (const auto *object = map.get<QJsonObject>()) {
        for (auto entry = object->constBegin(); entry != object->constEnd(); ++entry)
            keys.append(Value(entry.key()));
    } else if (const auto *entries = map.get<std::shared_ptr<const MapValue>>()) {
        for (qsizetype i = 0; i < (*entries)->size(); ++i)
            keys.append((*entries)->keyAt(i));
    }
    return keys;
}

QStringList namesIn(const Value &map)
{
    QStringList names;
    for (const Value &key : keysOf(map)) {
        if (const QString *name = key.get<QString>())
            names.append(*name);
    }
    return names;
}

std::optional<qint64> toIndex(const Value &index)
{
    if (index.type() == ValueType::String || index.type() == ValueType::Bool)
        return std::nullopt;
    const auto key = toMapKey(index);
    const qint64 *whole = key ? std::get_if<qint64>(&key->content) : nullptr;
    return whole ? std::optional(*whole) : std::nullopt;
}

} // namespace flow
