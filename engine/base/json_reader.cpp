// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json_reader.h"

#include "base/json.h"
#include "base/similar_word.h"

#include <algorithm>
#include <cmath>

namespace flow {

namespace {

QString plural(qint64 count, const QString &word)
{
    return count == 1 ? QStringLiteral("1 ") + word : QStringLiteral("%1 %2s").arg(count).arg(word);
}

QString lengthRule(qint64 least, qint64 most)
{
    if (least == 0)
        return QStringLiteral("must have at most %1").arg(plural(most, QStringLiteral("character")));
    return QStringLiteral("must have %1 to %2").arg(least).arg(plural(most, QStringLiteral("character")));
}

QString countRule(qint64 count, qint64 least, qint64 most)
{
    const QString item = QStringLiteral("item");
    return count < least ? QStringLiteral("must have at least %1").arg(plural(least, item))
                         : QStringLiteral("must have at most %1").arg(plural(most, item));
}

QString numberText(double value)
{
    return QString::number(value, 'g', 15);
}

/// The nearest whole bounds inside the range, for what counts in whole numbers.
Error::Range wholeRange(double least, double most)
{
    return {qint64(std::ceil(least)), qint64(std::floor(most))};
}

} // namespace

void addError(QList<Error> *errors, Error error)
{
    if (errors->size() < maxErrors) {
        errors->append(std::move(error));
    } else if (errors->size() == maxErrors) {
        const QString reason = QStringLiteral("has more than %1 problems; the others are left out").arg(maxErrors);
        errors->append(Error{.code = ErrorCode::TooLarge, .reason = reason});
    }
}

qint64 characterCount(const QString &text)
{
    return text.size() - std::count_if(text.begin(), text.end(), [](QChar c) { return c.isLowSurrogate(); });
}

QString leftCharacters(const QString &text, qint64 count)
{
    qsizetype end = 0;
    for (; count > 0 && end < text.size(); --count)
        end += text[end].isHighSurrogate() && end + 1 < text.size() && text[end + 1].isLowSurrogate() ? 2 : 1;
    return text.left(end);
}

JsonObjectReader::JsonObjectReader(const QJsonObject &object, FieldPath path, QList<Error> *errors)
    : m_object(object)
    , m_path(std::move(path))
    , m_errors(errors)
{
}

bool JsonObjectReader::has(const QString &key) const
{
    const QJsonValue value = m_object.value(key);
    return !value.isUndefined() && !value.isNull();
}

QString JsonObjectReader::requiredText(const QString &key, qint64 least, qint64 most)
{
    const QJsonValue value = take(key);
    return missing(key, value) ? QString() : checkedText(key, value, least, most);
}

QString JsonObjectReader::optionalText(const QString &key, qint64 least, qint64 most)
{
    const QJsonValue value = take(key);
    return has(key) ? checkedText(key, value, least, most) : QString();
}

std::optional<bool> JsonObjectReader::optionalBool(const QString &key)
{
    const QJsonValue value = take(key);
    if (!has(key))
        return std::nullopt;
    if (value.isBool())
        return value.toBool();
    reportValue(key, value, ErrorCode::NotABoolean, QStringLiteral("must be true or false"));
    return std::nullopt;
}

std::optional<qint64> JsonObjectReader::optionalInteger(const QString &key, qint64 least, qint64 most)
{
    const QJsonValue value = take(key);
    if (!has(key))
        return std::nullopt;
    const QString rule = QStringLiteral("must be a whole number from %1 to %2").arg(least).arg(most);
    const qint64 whole = value.toInteger(0);
    if (!value.isDouble() || whole != value.toInteger(1)) {
        reportValue(key, value, ErrorCode::NotAnInteger, rule);
        return std::nullopt;
    }
    if (whole < least || whole > most) {
        reportValue(key, value, ErrorCode::OutOfRange, rule, Error::Range{least, most});
        return std::nullopt;
    }
    return whole;
}

std::optional<double> JsonObjectReader::optionalNumber(const QString &key, double least, double most)
{
    const QJsonValue value = take(key);
    if (!has(key))
        return std::nullopt;
    const QString rule = QStringLiteral("must be a number from %1 to %2").arg(numberText(least), numberText(most));
    if (!value.isDouble()) {
        reportValue(key, value, ErrorCode::NotANumber, rule);
        return std::nullopt;
    }
    const double number = value.toDouble();
    if (!(number >= least && number <= most)) {
        reportValue(key, value, ErrorCode::OutOfRange, rule, wholeRange(least, most));
        return std::nullopt;
    }
    return number;
}

std::optional<QJsonObject> JsonObjectReader::optionalObject(const QString &key)
{
    const QJsonValue value = take(key);
    return has(key) ? checkedObject(key, value) : std::nullopt;
}

std::optional<QJsonObject> JsonObjectReader::requiredObject(const QString &key)
{
    const QJsonValue value = take(key);
    return missing(key, value) ? std::nullopt : checkedObject(key, value);
}

std::optional<QJsonArray> JsonObjectReader::optionalList(const QString &key, qint64 least, qint64 most)
{
    const QJsonValue value = take(key);
    return has(key) ? checkedList(key, value, least, most) : std::nullopt;
}

std::optional<QJsonArray> JsonObjectReader::requiredList(const QString &key, qint64 least, qint64 most)
{
    const QJsonValue value = take(key);
    return missing(key, value) ? std::nullopt : checkedList(key, value, least, most);
}

QJsonValue JsonObjectReader::any(const QString &key)
{
    return take(key);
}

void JsonObjectReader::finish()
{
    for (auto it = m_object.begin(); it != m_object.end() && m_errors->size() <= maxErrors; ++it) {
        if (m_asked.contains(it.key()))
            continue;
        QStringList known(m_asked.begin(), m_asked.end());
        known.sort(); // a set has no order of its own
        const QString likely = similarWord(it.key(), known);
        const QString hint = likely.isEmpty() ? QString() : QStringLiteral("; did you mean \"%1\"?").arg(likely);
        reportValue(it.key(), it.value(), ErrorCode::UnknownField, QStringLiteral("is not a known field") + hint);
    }
}

void JsonObjectReader::report(const QString &key, ErrorCode code, const QString &reason,
                              std::optional<Error::Range> range)
{
    reportValue(key, m_object.value(key), code, reason, range);
}

void JsonObjectReader::reportValue(const QString &key, const QJsonValue &value, ErrorCode code, const QString &reason,
                                   std::optional<Error::Range> range)
{
    const QString excerpt = value.isUndefined() ? QString() : json::excerpt(value);
    addError(m_errors, {.code = code, .reason = reason, .path = pathOf(key), .value = excerpt, .range = range});
}

QJsonValue JsonObjectReader::take(const QString &key)
{
    m_asked.insert(key);
    return m_object.value(key);
}

bool JsonObjectReader::missing(const QString &key, const QJsonValue &value)
{
    if (value.isUndefined())
        reportValue(key, value, ErrorCode::MissingField, QStringLiteral("is missing"));
    else if (value.isNull())
        reportValue(key, value, ErrorCode::MissingField, QStringLiteral("must not be null"));
    else
        return false;
    return true;
}

QString JsonObjectReader::checkedText(const QString &key, const QJsonValue &value, qint64 least, qint64 most)
{
    if (!value.isString()) {
        reportValue(key, value, ErrorCode::NotAString, QStringLiteral("must be a text"));
        return QString();
    }
    const QString text = value.toString();
    const qint64 length = characterCount(text);
    if (length < least || length > most) {
        reportValue(key, value, ErrorCode::BadLength, lengthRule(least, most), Error::Range{least, most});
        return QString();
    }
    return text.isNull() ? QStringLiteral("") : text;
}

std::optional<QJsonObject> JsonObjectReader::checkedObject(const QString &key, const QJsonValue &value)
{
    if (value.isObject())
        return value.toObject();
    reportValue(key, value, ErrorCode::NotAnObject, QStringLiteral("must be an object"));
    return std::nullopt;
}

std::optional<QJsonArray> JsonObjectReader::checkedList(const QString &key, const QJsonValue &value, qint64 least,
                                                        qint64 most)
{
    if (!value.isArray()) {
        reportValue(key, value, ErrorCode::NotAList, QStringLiteral("must be a list"));
        return std::nullopt;
    }
    const QJsonArray list = value.toArray();
    if (list.size() < least || list.size() > most) {
        reportValue(key, value, ErrorCode::BadLength, countRule(list.size(), least, most), Error::Range{least, most});
        return std::nullopt;
    }
    return list;
}

} // namespace flow
