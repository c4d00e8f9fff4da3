// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json_reader.h"

#include "base/json.h"

namespace flow {

namespace {

QString between(qint64 least, qint64 most)
{
    return most == std::numeric_limits<qint64>::max() ? QStringLiteral("at least %1").arg(least)
                                                      : QStringLiteral("from %1 to %2").arg(least).arg(most);
}

QString lengthRule(qint64 least, qint64 most)
{
    if (least == 0)
        return QStringLiteral("must have at most %1 characters").arg(most);
    return QStringLiteral("must have %1 to %2 characters").arg(least).arg(most);
}

} // namespace

JsonObjectReader::JsonObjectReader(const QJsonObject &object, FieldPath path, QList<Error> *errors)
    : m_object(object), m_path(std::move(path)), m_errors(errors)
{
}

bool JsonObjectReader::has(const QString &key) const
{
    const QJsonValue value = m_object.value(key);
    return !value.isUndefined() && !value.isNull();
}

QJsonValue JsonObjectReader::take(const QString &key)
{
    m_asked.insert(key);
    return m_object.value(key);
}

void JsonObjectReader::report(const QString &key, ErrorCode code, const QString &reason, std::optional<Error::Range> range)
{
    const QJsonValue value = m_object.value(key);
    m_errors->append(Error{.code = code, .reason = reason, .path = m_path / key,
                           .value = value.isUndefined() ? QString() : json::excerpt(value), .range = range});
}

bool JsonObjectReader::missing(const QString &key, const QJsonValue &value)
{
    if (!value.isUndefined())
        return false;
    report(key, ErrorCode::MissingField, QStringLiteral("is missing"));
    return true;
}

QString JsonObjectReader::requiredText(const QString &key, qint64 least, qint64 most)
{
    const QJsonValue value = take(key);
    if (missing(key, value))
        return {};
    if (!value.isString()) {
        report(key, ErrorCode::NotAString, QStringLiteral("must be text"));
        return {};
    }
    const QString text = value.toString();
    if (text.size() < least || text.size() > most)
        report(key, ErrorCode::BadLength, lengthRule(least, most), Error::Range{least, most});
    return text;
}

QString JsonObjectReader::optionalText(const QString &key, qint64 least, qint64 most)
{
    if (!has(key)) {
        take(key);
        return {};
    }
    const QString text = requiredText(key, least, most);
    return text.isNull() ? QStringLiteral("") : text;
}

std::optional<bool> JsonObjectReader::optionalBool(const QString &key)
{
    const QJsonValue value = take(key);
    if (!has(key))
        return std::nullopt;
    if (!value.isBool()) {
        report(key, ErrorCode::NotABoolean, QStringLiteral("must be true or false"));
        return std::nullopt;
    }
    return value.toBool();
}

std::optional<qint64> JsonObjectReader::optionalInteger(const QString &key, qint64 least, qint64 most)
{
    const QJsonValue value = take(key);
    if (!has(key))
        return std::nullopt;
    const bool isWhole = value.isDouble() && (value.toInteger(0) != 0 || value.toInteger(1) != 1);
    const qint64 number = value.toInteger(0);
    if (!isWhole || number < least || number > most) {
        report(key, isWhole ? ErrorCode::OutOfRange : ErrorCode::NotAnInteger,
               QStringLiteral("must be a whole number %1").arg(between(least, most)), Error::Range{least, most});
        return std::nullopt;
    }
    return number;
}

std::optional<double> JsonObjectReader::optionalNumber(const QString &key, double least, double most)
{
    const QJsonValue value = take(key);
    if (!has(key))
        return std::nullopt;
    const double number = value.toDouble();
    if (!value.isDouble() || !(number >= least && number <= most)) {
        report(key, value.isDouble() ? ErrorCode::OutOfRange : ErrorCode::NotANumber,
               QStringLiteral("must be a number from %1 to %2").arg(least, 0, 'g', 12).arg(most, 0, 'g', 12));
        return std::nullopt;
    }
    return number;
}

std::optional<QJsonObject> JsonObjectReader::optionalObject(const QString &key)
{
    const QJsonValue value = take(key);
    if (!has(key))
        return std::nullopt;
    if (!value.isObject()) {
        report(key, ErrorCode::NotAnObject, QStringLiteral("must be an object"));
        return std::nullopt;
    }
    return value.toObject();
}

std::optional<QJsonObject> JsonObjectReader::requiredObject(const QString &key)
{
    if (m_object.value(key).isNull()) {
        take(key);
        report(key, ErrorCode::NotAnObject, QStringLiteral("must be an object"));
        return std::nullopt;
    }
    if (missing(key, take(key)))
        return std::nullopt;
    return optionalObject(key);
}

std::optional<QJsonArray> JsonObjectReader::optionalList(const QString &key, qint64 least, qint64 most)
{
    const QJsonValue value = take(key);
    if (!has(key))
        return std::nullopt;
    if (!value.isArray()) {
        report(key, ErrorCode::NotAList, QStringLiteral("must be a list"));
        return std::nullopt;
    }
    const QJsonArray list = value.toArray();
    if (list.size() < least || list.size() > most) {
        report(key, ErrorCode::BadLength, QStringLiteral("has %1 entries; must have %2").arg(list.size()).arg(between(least, most)),
               Error::Range{least, most});
        return std::nullopt;
    }
    return list;
}

std::optional<QJsonArray> JsonObjectReader::requiredList(const QString &key, qint64 least, qint64 most)
{
    if (m_object.value(key).isNull()) {
        take(key);
        report(key, ErrorCode::NotAList, QStringLiteral("must be a list"));
        return std::nullopt;
    }
    if (missing(key, take(key)))
        return std::nullopt;
    return optionalList(key, least, most);
}

QJsonValue JsonObjectReader::any(const QString &key)
{
    return take(key);
}

void JsonObjectReader::finish()
{
    for (auto member = m_object.begin(); member != m_object.end(); ++member) {
        if (!m_asked.contains(member.key()))
            report(member.key(), ErrorCode::UnknownField, QStringLiteral("is not a field of this format; remove it"));
    }
}

} // namespace flow
