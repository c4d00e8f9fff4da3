// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/value_json.h"

#include "expression/value_access.h"
#include "expression/value_text.h"

#include <QCoreApplication>

#include <cmath>

namespace flow {

namespace {

using Outcome = std::variant<QJsonValue, QString>;

/// Writes each part of a value where it belongs, as long as there is room.
class Unfolding
{
    Q_DECLARE_TR_FUNCTIONS(Expression)

public:
    explicit Unfolding(const JsonSize &most)
        : m_most(most)
        , m_left(most)
    {
    }

    Outcome unfold(const Value &value)
    {
        if (const auto *items = value.get<QList<Value>>())
            return list(*items);
        if (const auto *entries = value.get<std::shared_ptr<const MapValue>>())
            return map(**entries);
        Outcome json = leaf(value);
        if (const auto *good = std::get_if<QJsonValue>(&json); good && !take(*good))
            return tooLarge();
        return json;
    }

    /// What takes no room beyond itself.
    static Outcome leaf(const Value &value)
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
                return tr("%1u is too large for JSON").arg(*value.get<quint64>());
            return QJsonValue(qint64(*value.get<quint64>()));
        case ValueType::Double:
            if (!std::isfinite(*value.get<double>()))
                return tr("JSON has no %1").arg(toText(*value.get<double>()));
            return QJsonValue(*value.get<double>());
        case ValueType::Bytes:
            return QJsonValue(QString::fromLatin1(value.get<QByteArray>()->toBase64()));
        case ValueType::List:
            return QJsonValue(*value.get<QJsonArray>());
        case ValueType::Map:
            return QJsonValue(*value.get<QJsonObject>());
        case ValueType::String:
        case ValueType::Moment:
        case ValueType::Duration:
        case ValueType::Type:
            break;
        }
        return QJsonValue(*toText(value));
    }

    /// False when it does not fit any more.
    bool take(const QJsonValue &json)
    {
        constexpr qint64 quotes = 2;
        if (json.isString())
            return take(json.toString().size() + quotes);
        if (!take(1))
            return false;
        if (json.isArray()) {
            const QJsonArray items = json.toArray();
            return std::all_of(items.begin(), items.end(), [this](const QJsonValue &item) { return take(item); });
        }
        const QJsonObject object = json.toObject();
        for (auto member = object.begin(); member != object.end(); ++member) {
            if (!spend(member.key().size() + quotes) || !take(*member))
                return false;
        }
        return true;
    }

private:
    /// A value of so many characters, and what stands between it and the next.
    bool take(qint64 characters) { return --m_left.values >= 0 && spend(characters + 1); }
    bool spend(qint64 characters)
    {
        m_left.characters -= characters;
        return m_left.characters >= 0;
    }

    QString tooLarge() const
    {
        if (m_left.values < 0)
            return tr("this makes JSON of more than %1 values").arg(m_most.values);
        return tr("this makes JSON of more than %1 characters").arg(m_most.characters);
    }

    Outcome list(const QList<Value> &items)
    {
        if (!take(1))
            return tooLarge();
        QJsonArray list;
        for (const Value &item : items) {
            Outcome json = unfold(item);
            if (std::holds_alternative<QString>(json))
                return json;
            list.append(std::get<QJsonValue>(json));
        }
        return QJsonValue(list);
    }

    Outcome map(const MapValue &map)
    {
        if (!take(1))
            return tooLarge();
        QJsonObject object;
        for (qsizetype i = 0; i < map.size(); ++i) {
            const QString key = *toText(map.keyAt(i));
            if (object.contains(key))
                return tr("two keys of a map are both \"%1\" in JSON").arg(excerpt(key));
            if (!spend(key.size()))
                return tooLarge();
            Outcome json = unfold(map.valueAt(i));
            if (std::holds_alternative<QString>(json))
                return json;
            object.insert(key, std::get<QJsonValue>(json));
        }
        return QJsonValue(object);
    }

    const JsonSize m_most;
    JsonSize m_left;
};

bool isMade(const Value &value)
{
    return value.get<QList<Value>>() || value.get<std::shared_ptr<const MapValue>>();
}

} // namespace

Outcome toJson(const Value &value, const JsonSize &most)
{
    return isMade(value) ? Unfolding(most).unfold(value) : Unfolding::leaf(value);
}

bool isLarger(const QJsonValue &json, const JsonSize &most)
{
    return !Unfolding(most).take(json);
}

} // namespace flow
