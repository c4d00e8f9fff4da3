// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json_builder.h"

#include "base/json_reader.h"

#include <QStringDecoder>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace flow::json {

namespace {

/// Escapes such as \udc00 pass the scanner and are no character; they come out as invalid UTF-8.
std::optional<QString> decoded(const char *text, rapidjson::SizeType length)
{
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString result = decode(QByteArrayView(text, qsizetype(length)));
    if (decode.hasError())
        return std::nullopt;
    return result;
}

bool isWhole(QByteArrayView number)
{
    return std::none_of(number.begin(), number.end(), [](char c) { return c == '.' || c == 'e' || c == 'E'; });
}

QString badEscape()
{
    return QStringLiteral("text holds half of a \\u surrogate pair");
}

} // namespace

bool Builder::RawNumber(const char *text, rapidjson::SizeType length, bool)
{
    const QByteArrayView number(text, qsizetype(length));
    if (isWhole(number)) {
        qint64 whole = 0;
        const auto [end, problem] = std::from_chars(number.begin(), number.end(), whole);
        if (problem == std::errc() && end == number.end())
            return add(whole);
        return fail(ErrorCode::OutOfRange, QStringLiteral("whole number does not fit into 64 bits"),
                    QString::fromLatin1(number), justRead());
    }
    double value = 0;
    const auto [end, problem] = std::from_chars(number.begin(), number.end(), value);
    if (problem != std::errc() || end != number.end())
        value =
            QString::fromLatin1(number).toDouble(); // infinite when too large; too small is 0, as near as a double gets
    if (!std::isfinite(value))
        return fail(ErrorCode::OutOfRange, QStringLiteral("number is too large"), QString::fromLatin1(number),
                    justRead());
    return add(value);
}

bool Builder::String(const char *text, rapidjson::SizeType length, bool)
{
    const std::optional<QString> value = decoded(text, length);
    return value ? add(*value) : fail(ErrorCode::Syntax, badEscape(), QString(), justRead());
}

bool Builder::Key(const char *text, rapidjson::SizeType length, bool)
{
    std::optional<QString> key = decoded(text, length);
    if (!key)
        return fail(ErrorCode::Syntax, badEscape(), QString(), justRead());
    m_levels.back().members.push_back({*std::move(key), QJsonValue(), justRead()});
    return true;
}

bool Builder::EndObject(rapidjson::SizeType)
{
    std::vector<Member> members = std::move(m_levels.back().members);
    m_levels.pop_back();
    return add(object(std::move(members)));
}

bool Builder::EndArray(rapidjson::SizeType)
{
    const QJsonArray items = std::move(m_levels.back().items);
    m_levels.pop_back();
    return add(items);
}

bool Builder::open(bool isList)
{
    if (qsizetype(m_levels.size()) >= m_mostDepth) {
        return fail(ErrorCode::TooDeep,
                    QStringLiteral("lists and objects are nested deeper than %1 levels").arg(m_mostDepth), QString(),
                    qsizetype(m_stream.Tell()));
    }
    m_levels.emplace_back();
    m_levels.back().isList = isList;
    return true;
}

bool Builder::add(const QJsonValue &value)
{
    if (m_levels.empty())
        m_root = value;
    else if (m_levels.back().isList)
        m_levels.back().items.append(value);
    else
        m_levels.back().members.back().value = value;
    return true;
}

/// Where the text or number ends that was just read.
qsizetype Builder::justRead() const
{
    return qsizetype(m_stream.Tell()) - 1;
}

bool Builder::fail(ErrorCode code, const QString &reason, const QString &value, qsizetype offset)
{
    Error error{.code = code, .reason = reason, .path = path()};
    if (!value.isNull())
        error.value = value.size() > 60 ? value.left(59) + u'…' : value;
    m_failure = Failure{error, offset};
    return false;
}

/// Of the value that is being read.
FieldPath Builder::path() const
{
    FieldPath path;
    for (const Level &level : m_levels) {
        if (level.isList)
            path = path / level.items.size();
        else if (!level.members.empty())
            path = path / level.members.back().key;
    }
    return path;
}

/// Sorts before inserting: an object with many keys would otherwise take quadratic time. The first of equal keys stays.
QJsonObject Builder::object(std::vector<Member> members)
{
    std::stable_sort(members.begin(), members.end(), [](const Member &a, const Member &b) { return a.key < b.key; });
    QJsonObject result;
    for (size_t i = 0; i < members.size(); ++i) {
        const Member &member = members[i];
        if (i == 0 || members[i - 1].key != member.key) {
            result.insert(member.key, member.value);
        } else if (qsizetype(m_duplicates.size()) < maxErrors) {
            m_duplicates.push_back({{.code = ErrorCode::DuplicateKey,
                                     .reason = QStringLiteral("the key is there twice in one object"),
                                     .path = path() / member.key},
                                    member.offset});
        }
    }
    return result;
}

} // namespace flow::json
