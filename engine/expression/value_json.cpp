// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/value_json.h"

#include "expression/value_access.h"
#include "expression/value_text.h"

#include <QCoreApplication>

#include <cmath>

namespace flow {

namespace {

using Outcome = std::variant<QJsonValue, QString>;

Outcome listToJson(const QList<Value> &items)
{
    QJsonArray list;
    for (const Value &item : items) {
        auto json = toJson(item);
        if (std::holds_alternative<QString>(json))
            return json;
        list.append(std::get<QJsonValue>(json));
    }
    return QJsonValue(list);
}

Outcome mapToJson(const MapValue &map)
{
    QJsonObject object;
    for (qsizetype i = 0; i < map.size(); ++i) {
        const QString key = *toText(map.keyAt(i));
        if (object.contains(key))
            return QCoreApplication::translate("Expression", "two keys of a map are both \"%1\" in JSON").arg(key);
        auto json = toJson(map.valueAt(i));
        if (std::holds_alternative<QString>(json))
            return json;
        object.insert(key, std::get<QJsonValue>(json));
    }
    return QJsonValue(object);
}

} // namespace

Outcome toJson(const Value &value)
{
    switch (value.type()) {
    case ValueType::Null:
        return QJsonValue(QJsonValue::Null);
    case ValueType::Bool:
        return QJsonValue(value.isTrue());
    case ValueType::Int:
        return QJsonValue(*value.get<qint64>());
    case ValueType::Uint:
        if (*value.get<quint64>() > quint64(std::numeric_limits<qint64>::max()))
            return QCoreApplication::translate("Expression", "%1u is too large for JSON").arg(*value.get<quint64>());
        return QJsonValue(qint64(*value.get<quint64>()));
    case ValueType::Double:
        if (!std::isfinite(*value.get<double>()))
            return QCoreApplication::translate("Expression", "JSON has no %1").arg(toText(*value.get<double>()));
        return QJsonValue(*value.get<double>());
    case ValueType::Bytes:
        return QJsonValue(QString::fromLatin1(value.get<QByteArray>()->toBase64()));
    case ValueType::List:
        if (const auto *list = value.get<QJsonArray>())
            return QJsonValue(*list);
        return listToJson(*value.get<QList<Value>>());
    case ValueType::Map:
        if (const auto *object = value.get<QJsonObject>())
            return QJsonValue(*object);
        return mapToJson(**value.get<std::shared_ptr<const MapValue>>());
    case ValueType::String:
    case ValueType::Moment:
    case ValueType::Duration:
    case ValueType::Type:
        break;
    }
    return QJsonValue(*toText(value));
}

} // namespace flow
