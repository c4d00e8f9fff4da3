// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/value.h"

#include "expression/value_map.h"

namespace flow {

namespace {

Value numberFromJson(const QJsonValue &json)
{
    // Two different defaults tell a number that is whole from one that is not.
    const qint64 whole = json.toInteger(0);
    if (whole != 0 || json.toInteger(1) == 0)
        return Value(whole);
    return Value(json.toDouble());
}

} // namespace

Value Value::fromJson(const QJsonValue &json)
{
    switch (json.type()) {
    case QJsonValue::Bool:
        return Value(json.toBool());
    case QJsonValue::Double:
        return numberFromJson(json);
    case QJsonValue::String:
        return Value(json.toString());
    case QJsonValue::Array:
        return Value(Content(json.toArray()));
    case QJsonValue::Object:
        return Value(Content(json.toObject()));
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        break;
    }
    return {};
}

ValueType Value::type() const
{
    static constexpr ValueType types[] = {ValueType::Null,     ValueType::Bool,   ValueType::Int,   ValueType::Uint,
                                          ValueType::Double,   ValueType::String, ValueType::Bytes, ValueType::List,
                                          ValueType::List,     ValueType::Map,    ValueType::Map,   ValueType::Moment,
                                          ValueType::Duration, ValueType::Type};
    static_assert(std::size(types) == std::variant_size_v<Content>);
    return types[m_content.index()];
}

} // namespace flow
