// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/value_text.h"

#include "expression/time_text.h"

#include <QLocale>
#include <QStringDecoder>

#include <cmath>

namespace flow {

QString toText(double value)
{
    if (std::isnan(value))
        return QStringLiteral("NaN");
    if (std::isinf(value))
        return value < 0 ? QStringLiteral("-Infinity") : QStringLiteral("Infinity");
    if (value == 0)
        return std::signbit(value) ? QStringLiteral("-0") : QStringLiteral("0");
    const double size = std::abs(value);
    const bool isPlain = size >= 1e-6 && size < 1e21;
    return QString::number(value, isPlain ? 'f' : 'e', QLocale::FloatingPointShortest);
}

std::optional<QString> toText(const Value &value)
{
    switch (value.type()) {
    case ValueType::Null:
        return QStringLiteral("null");
    case ValueType::Bool:
        return value.isTrue() ? QStringLiteral("true") : QStringLiteral("false");
    case ValueType::Int:
        return QString::number(*value.get<qint64>());
    case ValueType::Uint:
        return QString::number(*value.get<quint64>());
    case ValueType::Double:
        return toText(*value.get<double>());
    case ValueType::String:
        return *value.get<QString>();
    case ValueType::Bytes:
        return fromUtf8(*value.get<QByteArray>());
    case ValueType::Moment:
        return cel::toText(*value.get<Value::Instant>());
    case ValueType::Duration:
        return cel::toText(*value.get<Value::Span>());
    case ValueType::Type:
        return typeName(*value.get<ValueType>());
    case ValueType::List:
    case ValueType::Map:
        break;
    }
    return std::nullopt;
}

QString excerpt(const QString &text)
{
    constexpr qsizetype most = 60;
    if (text.size() <= most)
        return text;
    const bool splitsPair = text.at(most - 2).isHighSurrogate();
    return text.left(most - (splitsPair ? 2 : 1)) + u'…';
}

std::optional<QString> fromUtf8(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8,
                           QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    QString text = decoder.decode(bytes);
    if (decoder.hasError())
        return std::nullopt;
    return text;
}

std::strong_ordering compareCodePoints(QStringView left, QStringView right)
{
    const qsizetype common = std::min(left.size(), right.size());
    const auto [l, r] = std::mismatch(left.utf16(), left.utf16() + common, right.utf16());
    if (l == left.utf16() + common)
        return left.size() <=> right.size();
    // Surrogates stand for code points above all others, although their own numbers are not the largest.
    const bool leftIsHigh = QChar::isSurrogate(*l);
    const bool rightIsHigh = QChar::isSurrogate(*r);
    return leftIsHigh == rightIsHigh ? *l <=> *r : leftIsHigh <=> rightIsHigh;
}

qsizetype countCodePoints(QStringView text)
{
    const auto isSecondHalf = [&](qsizetype i) { return text[i].isLowSurrogate() && text[i - 1].isHighSurrogate(); };
    qsizetype count = text.size();
    for (qsizetype i = 1; i < text.size(); ++i)
        count -= isSecondHalf(i) ? 1 : 0;
    return count;
}

} // namespace flow
