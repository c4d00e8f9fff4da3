// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace flow {

/// The types of the expression language.
enum class ValueType : quint8 { Null, Bool, Int, Uint, Double, String, Bytes, List, Map, Moment, Duration, Type };

/// The name an expression uses for a type: `int`, `null_type`, `google.protobuf.Timestamp`.
QString typeName(ValueType type);
/// The type of that name.
std::optional<ValueType> typeOfName(QStringView name);
/// The name people know, for messages: `int`, `null`, `timestamp`.
QString typeWord(ValueType type);

/// A set of types, for overloads and for what is known of a value before it is computed.
class TypeSet
{
public:
    constexpr TypeSet() = default;
    constexpr TypeSet(ValueType type)
        : m_bits(quint16(1u << quint8(type)))
    {
    }

    static constexpr TypeSet all() { return fromBits(0x0fff); }

    constexpr bool isEmpty() const { return m_bits == 0; }
    constexpr bool has(ValueType type) const { return (m_bits & TypeSet(type).m_bits) != 0; }
    constexpr bool meets(TypeSet other) const { return (m_bits & other.m_bits) != 0; }
    constexpr bool isAll() const { return m_bits == all().m_bits; }
    constexpr TypeSet operator|(TypeSet other) const { return fromBits(m_bits | other.m_bits); }
    constexpr TypeSet operator&(TypeSet other) const { return fromBits(m_bits & other.m_bits); }
    constexpr bool operator==(const TypeSet &) const = default;

    /// `int`, `string or list`.
    QString words() const;

private:
    static constexpr TypeSet fromBits(int bits)
    {
        TypeSet set;
        set.m_bits = quint16(bits);
        return set;
    }

    quint16 m_bits = 0;
};

constexpr TypeSet operator|(ValueType left, ValueType right)
{
    return TypeSet(left) | TypeSet(right);
}

} // namespace flow
