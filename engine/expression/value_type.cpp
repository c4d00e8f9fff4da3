// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/value_type.h"

#include <QStringList>

#include <array>

namespace flow {

namespace {

struct Names
{
    ValueType type;
    QLatin1String name;
    QLatin1String word;
};

constexpr std::array<Names, 12> names = {{
    {ValueType::Null, QLatin1String("null_type"), QLatin1String("null")},
    {ValueType::Bool, QLatin1String("bool"), QLatin1String("bool")},
    {ValueType::Int, QLatin1String("int"), QLatin1String("int")},
    {ValueType::Uint, QLatin1String("uint"), QLatin1String("uint")},
    {ValueType::Double, QLatin1String("double"), QLatin1String("double")},
    {ValueType::String, QLatin1String("string"), QLatin1String("string")},
    {ValueType::Bytes, QLatin1String("bytes"), QLatin1String("bytes")},
    {ValueType::List, QLatin1String("list"), QLatin1String("list")},
    {ValueType::Map, QLatin1String("map"), QLatin1String("map")},
    {ValueType::Moment, QLatin1String("google.protobuf.Timestamp"), QLatin1String("timestamp")},
    {ValueType::Duration, QLatin1String("google.protobuf.Duration"), QLatin1String("duration")},
    {ValueType::Type, QLatin1String("type"), QLatin1String("type")},
}};

} // namespace

QString typeName(ValueType type)
{
    return names[size_t(type)].name;
}

QString typeWord(ValueType type)
{
    return names[size_t(type)].word;
}

std::optional<ValueType> typeOfName(QStringView name)
{
    for (const Names &entry : names) {
        if (name == entry.name)
            return entry.type;
    }
    return std::nullopt;
}

QString TypeSet::words() const
{
    QStringList words;
    for (const Names &entry : names) {
        if (has(entry.type))
            words.append(entry.word);
    }
    if (words.size() < 2)
        return words.join(QString());
    const QString last = words.takeLast();
    return words.join(QStringLiteral(", ")) + QStringLiteral(" or ") + last;
}

} // namespace flow
