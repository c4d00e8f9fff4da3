// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/value_compare.h"

#include "expression/value_access.h"
#include "expression/value_text.h"

namespace flow {

namespace {

using cel::Meter;

constexpr TypeSet numbers = ValueType::Int | ValueType::Uint | ValueType::Double;

std::partial_ordering reversed(std::partial_ordering order)
{
    return 0 <=> order;
}

// The language compares whole numbers with doubles as doubles, after the range.
std::partial_ordering compareWithDouble(qint64 whole, double number)
{
    if (number < -0x1p63)
        return std::partial_ordering::greater;
    if (number > 0x1p63)
        return std::partial_ordering::less;
    return double(whole) <=> number;
}

std::partial_ordering compareWithDouble(quint64 whole, double number)
{
    if (number < 0)
        return std::partial_ordering::greater;
    if (number > 0x1p64)
        return std::partial_ordering::less;
    return double(whole) <=> number;
}

std::partial_ordering compareWithUint(qint64 left, quint64 right)
{
    if (left < 0)
        return std::partial_ordering::less;
    return quint64(left) <=> right;
}

std::partial_ordering compareNumbers(const Value &left, const Value &right)
{
    const auto *i = left.get<qint64>();
    const auto *u = left.get<quint64>();
    const auto *d = left.get<double>();
    if (const auto *other = right.get<qint64>()) {
        if (i)
            return *i <=> *other;
        return u ? reversed(compareWithUint(*other, *u)) : reversed(compareWithDouble(*other, *d));
    }
    if (const auto *other = right.get<quint64>()) {
        if (u)
            return *u <=> *other;
        return i ? compareWithUint(*i, *other) : reversed(compareWithDouble(*other, *d));
    }
    const double other = *right.get<double>();
    if (d)
        return *d <=> other;
    return i ? compareWithDouble(*i, other) : compareWithDouble(*u, other);
}

// A text out of JSON is copied before it is compared, also with what is no text.
Value paid(Value value, Meter &meter)
{
    if (const QString *text = value.get<QString>())
        meter.charge(text->size() / 256);
    return value;
}

bool areEqualLists(const Value &left, const Value &right, Meter &meter)
{
    const qsizetype size = sizeOf(left);
    if (size != sizeOf(right))
        return false;
    for (qsizetype i = 0; i < size; ++i) {
        if (!areEqual(paid(itemAt(left, i), meter), paid(itemAt(right, i), meter), meter))
            return false;
    }
    return true;
}

bool areEqualMaps(const Value &left, const Value &right, Meter &meter)
{
    if (sizeOf(left) != sizeOf(right) || !meter.charge(sizeOf(left)))
        return false;
    const QList<Value> keys = keysOf(left);
    return std::all_of(keys.begin(), keys.end(), [&](const Value &key) {
        if (const QString *text = key.get<QString>(); text && !meter.chargeText(text->size()))
            return false;
        const auto normal = *toMapKey(key);
        const auto other = valueFor(right, normal);
        return other && areEqual(paid(*valueFor(left, normal), meter), paid(*other, meter), meter);
    });
}

template <typename T>
bool areEqualAs(const Value &left, const Value &right)
{
    return *left.get<T>() == *right.get<T>();
}

} // namespace

bool areEqual(const Value &left, const Value &right, Meter &meter)
{
    if (!meter.charge(1))
        return false;
    const ValueType type = left.type();
    if (numbers.has(type) && numbers.has(right.type()))
        return compareNumbers(left, right) == 0;
    if (type != right.type())
        return false;
    switch (type) {
    case ValueType::Null:
        return true;
    case ValueType::Bool:
        return areEqualAs<bool>(left, right);
    case ValueType::String:
        return meter.chargeText(left.get<QString>()->size() + right.get<QString>()->size()) &&
               areEqualAs<QString>(left, right);
    case ValueType::Bytes:
        return meter.chargeText(left.get<QByteArray>()->size() + right.get<QByteArray>()->size()) &&
               areEqualAs<QByteArray>(left, right);
    case ValueType::List:
        return areEqualLists(left, right, meter);
    case ValueType::Map:
        return areEqualMaps(left, right, meter);
    case ValueType::Moment:
        return areEqualAs<Value::Instant>(left, right);
    case ValueType::Duration:
        return areEqualAs<Value::Span>(left, right);
    case ValueType::Type:
        return areEqualAs<ValueType>(left, right);
    case ValueType::Int:
    case ValueType::Uint:
    case ValueType::Double:
        break;
    }
    return false;
}

std::optional<std::partial_ordering> compare(const Value &left, const Value &right, Meter &meter)
{
    const ValueType type = left.type();
    if (numbers.has(type) && numbers.has(right.type()))
        return compareNumbers(left, right);
    if (type != right.type())
        return std::nullopt;
    switch (type) {
    case ValueType::Bool:
        return left.isTrue() <=> right.isTrue();
    case ValueType::String:
        meter.chargeText(left.get<QString>()->size());
        return compareCodePoints(*left.get<QString>(), *right.get<QString>());
    case ValueType::Bytes:
        meter.chargeText(left.get<QByteArray>()->size());
        return left.get<QByteArray>()->compare(*right.get<QByteArray>()) <=> 0;
    case ValueType::Moment:
        return *left.get<Value::Instant>() <=> *right.get<Value::Instant>();
    case ValueType::Duration:
        return *left.get<Value::Span>() <=> *right.get<Value::Span>();
    default:
        return std::nullopt;
    }
}

} // namespace flow
