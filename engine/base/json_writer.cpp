// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json_writer.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace flow {

namespace {

void appendEscaped(QByteArray *text, char c)
{
    switch (c) {
    case '"':
        *text += "\\\"";
        return;
    case '\\':
        *text += "\\\\";
        return;
    case '\b':
        *text += "\\b";
        return;
    case '\f':
        *text += "\\f";
        return;
    case '\n':
        *text += "\\n";
        return;
    case '\r':
        *text += "\\r";
        return;
    case '\t':
        *text += "\\t";
        return;
    default:
        break;
    }
    constexpr char digits[] = "0123456789abcdef";
    *text += "\\u00";
    *text += digits[(c >> 4) & 0xf];
    *text += digits[c & 0xf];
}

/// Shortest text that reads back as the same double and as a double: a whole one gets an exponent.
QByteArray shortest(double value)
{
    char buffer[40];
    const auto print = [&](auto... format) {
        return QByteArray(buffer, std::to_chars(buffer, buffer + sizeof buffer, value, format...).ptr - buffer);
    };
    const QByteArray text = print();
    const bool looksWhole = !text.contains('.') && !text.contains('e');
    return looksWhole ? print(std::chars_format::scientific) : text;
}

} // namespace

void JsonWriter::beginObject()
{
    begin(false);
}

void JsonWriter::endObject()
{
    end(false);
}

void JsonWriter::beginList()
{
    begin(true);
}

void JsonWriter::endList()
{
    end(true);
}

void JsonWriter::begin(bool isList)
{
    beforeValue();
    m_text += isList ? '[' : '{';
    m_levels.append(Level{isList, true});
}

void JsonWriter::end(bool isList)
{
    Q_ASSERT(!m_levels.isEmpty() && m_levels.last().isList == isList && !m_isSeparated);
    const bool wasEmpty = m_levels.takeLast().isEmpty;
    if (!wasEmpty && !m_onOneLine)
        newLine();
    m_text += isList ? ']' : '}';
}

void JsonWriter::key(const QString &name)
{
    Q_ASSERT(!m_levels.isEmpty() && !m_levels.last().isList && !m_isSeparated);
    separate();
    text(name);
    m_text += m_style == Style::Compact ? ":" : ": ";
    m_isSeparated = true;
}

void JsonWriter::value(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Object:
        object(value.toObject());
        return;
    case QJsonValue::Array: {
        const QJsonArray list = value.toArray();
        beginList();
        for (auto it = list.begin(); it != list.end() && !isFull(); ++it)
            this->value(*it);
        endList();
        return;
    }
    default:
        break;
    }
    beforeValue();
    switch (value.type()) {
    case QJsonValue::Bool:
        m_text += value.toBool() ? "true" : "false";
        return;
    case QJsonValue::Double:
        number(value);
        return;
    case QJsonValue::String:
        text(value.toString());
        return;
    default:
        m_text += "null";
    }
}

/// Qt's own parser leaves keys beyond U+FFFF in another order than insertion does; canonical text must not depend on
/// that.
void JsonWriter::object(const QJsonObject &object)
{
    QJsonObject sorted = object;
    const QStringList keys = object.keys();
    if (!std::is_sorted(keys.begin(), keys.end())) {
        sorted = QJsonObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            sorted.insert(it.key(), it.value());
    }
    beginObject();
    for (auto it = sorted.constBegin(); it != sorted.constEnd() && !isFull(); ++it)
        member(it.key(), it.value());
    endObject();
}

void JsonWriter::lineValue(const QJsonValue &content)
{
    beforeValue();
    m_isSeparated = true;
    m_onOneLine = true;
    value(content);
    m_onOneLine = false;
}

QByteArray JsonWriter::take()
{
    Q_ASSERT(m_levels.isEmpty() && !m_isSeparated);
    if (m_style == Style::Indented)
        m_text += '\n';
    return std::exchange(m_text, QByteArray());
}

/// Comma and line break between members or items.
void JsonWriter::separate()
{
    if (!m_levels.last().isEmpty)
        m_text += m_style == Style::Indented && m_onOneLine ? ", " : ",";
    // A list or object that was opened on a line of its own breaks the line before its members.
    if (!m_onOneLine)
        newLine();
    m_levels.last().isEmpty = false;
}

void JsonWriter::beforeValue()
{
    if (m_isSeparated)
        m_isSeparated = false;
    else if (!m_levels.isEmpty())
        separate();
}

void JsonWriter::newLine()
{
    if (m_style == Style::Compact)
        return;
    m_text += '\n';
    m_text += QByteArray(m_levels.size() * 2, ' ');
}

void JsonWriter::text(const QString &text)
{
    const qsizetype most = m_mostBytes < 0 ? text.size() : m_mostBytes;
    const QByteArray utf8 = text.size() > most ? text.left(most).toUtf8() : text.toUtf8();
    m_text += '"';
    for (const char c : utf8) {
        if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\')
            appendEscaped(&m_text, c);
        else
            m_text += c;
    }
    m_text += '"';
}

void JsonWriter::number(const QJsonValue &value)
{
    const double real = value.toDouble();
    const qint64 whole = value.toInteger(0);
    if (!std::isfinite(real)) {
        m_text += "null";
        return;
    }
    if (whole == value.toInteger(1)) { // otherwise the defaults come back: not a whole number of 64 bits
        m_text += QByteArray::number(whole);
        return;
    }
    m_text += shortest(real);
}

} // namespace flow
