// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/expression.h"
#include "expression/value_access.h"
#include "expression/value_text.h"

#include <QJsonDocument>

namespace flow {

/// A value as tests write it, with its exact type: `3`, `3u`, `3.0`, `"text"`, `b"00ff"`, `[1, 2]`, `{"a": 1}`, `type
/// int`.
inline QString inWords(const Value &value)
{
    QStringList parts;
    switch (value.type()) {
    case ValueType::Uint:
        return *toText(value) + u'u';
    case ValueType::Double: {
        const QString text = *toText(value);
        const bool isPlain = std::all_of(text.begin(), text.end(), [](QChar c) { return c.isDigit() || c == u'-'; });
        return isPlain ? text + QStringLiteral(".0") : text;
    }
    case ValueType::String: {
        const QString list =
            QString::fromUtf8(QJsonDocument(QJsonArray{*toText(value)}).toJson(QJsonDocument::Compact));
        return list.sliced(1, list.size() - 2);
    }
    case ValueType::Bytes:
        return QStringLiteral("b\"%1\"").arg(QString::fromLatin1(value.get<QByteArray>()->toHex()));
    case ValueType::List:
        for (qsizetype i = 0; i < sizeOf(value); ++i)
            parts.append(inWords(itemAt(value, i)));
        return u'[' + parts.join(QStringLiteral(", ")) + u']';
    case ValueType::Map: {
        const QList<Value> keys = keysOf(value);
        for (const Value &key : keys)
            parts.append(inWords(key) + QStringLiteral(": ") + inWords(*valueFor(value, *toMapKey(key))));
        return u'{' + parts.join(QStringLiteral(", ")) + u'}';
    }
    case ValueType::Moment:
    case ValueType::Duration:
        return typeWord(value.type()) + u' ' + *toText(value);
    case ValueType::Type:
        return QStringLiteral("type ") + *toText(value);
    default:
        return *toText(value);
    }
}

/// The value in words, or the reason why there is none.
inline QString inWords(const Result<Value> &value)
{
    return value ? inWords(*value) : value.error().reason;
}

inline Expression::Variables variablesOf(const QByteArray &json)
{
    Expression::Variables variables;
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    for (auto member = object.begin(); member != object.end(); ++member)
        variables.insert(member.key(), *member);
    return variables;
}

} // namespace flow
