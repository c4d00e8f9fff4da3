// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/value_type.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QMap>
#include <QString>

#include <memory>
#include <optional>
#include <variant>

namespace flow {

class MapValue;

/// A value of the expression language. Cheap to copy, immutable but for assignment, any thread.
///
/// Lists and maps out of JSON stay JSON until somebody looks inside, so a large context costs nothing to hand over.
class Value
{
public:
    /// Seconds and nanoseconds since 1970 in UTC, from year 1 to 9999; `nanos` is 0 to 999,999,999.
    struct Instant
    {
        qint64 seconds = 0;
        qint32 nanos = 0;
        auto operator<=>(const Instant &) const = default;
    };
    /// A length of time, up to about 292 years.
    struct Span
    {
        qint64 nanos = 0;
        auto operator<=>(const Span &) const = default;
    };

    Value() = default; ///< null
    Value(bool value)
        : m_content(value)
    {
    }
    Value(qint64 value)
        : m_content(value)
    {
    }
    Value(quint64 value)
        : m_content(value)
    {
    }
    Value(double value)
        : m_content(value)
    {
    }
    Value(QString value)
        : m_content(std::move(value))
    {
    }
    Value(QByteArray value)
        : m_content(std::move(value))
    {
    }
    Value(QList<Value> items)
        : m_content(std::move(items))
    {
    }
    Value(std::shared_ptr<const MapValue> map)
        : m_content(std::move(map))
    {
    }
    Value(Instant instant)
        : m_content(instant)
    {
    }
    Value(Span span)
        : m_content(span)
    {
    }
    Value(ValueType type)
        : m_content(type)
    {
    }
    /// Nothing may turn into a bool by accident.
    template <typename T>
    Value(T *) = delete;

    /// Whole numbers within 64 bits become ints; undefined becomes null.
    static Value fromJson(const QJsonValue &json);
    static Value fromJson(QJsonObject object) { return Value(Content(std::move(object))); }
    static Value fromJson(QJsonArray list) { return Value(Content(std::move(list))); }

    ValueType type() const;

    /// The content as T when it is exactly that, else null. JSON lists and maps are not QList<Value> and MapValue.
    template <typename T>
    const T *get() const
    {
        return std::get_if<T>(&m_content);
    }
    bool isTrue() const
    {
        const bool *flag = get<bool>();
        return flag && *flag;
    }

private:
    using Content = std::variant<std::monostate, bool, qint64, quint64, double, QString, QByteArray, QList<Value>,
                                 QJsonArray, std::shared_ptr<const MapValue>, QJsonObject, Instant, Span, ValueType>;
    explicit Value(Content content)
        : m_content(std::move(content))
    {
    }

    Content m_content;
};

/// Names of variables and their values.
using Values = QMap<QString, Value>;

} // namespace flow
