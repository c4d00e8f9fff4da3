// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/value.h"

namespace flow {

/// The shortest decimal text that reads back as the same double; `NaN`, `Infinity` and `-Infinity` for the rest.
QString toText(double value);

/// A value as text, where it has a form that people would write: text itself, numbers, bools, null, timestamps,
/// durations, type names; bytes only when they are UTF-8. Nothing for lists and maps.
std::optional<QString> toText(const Value &value);

/// A text, name or pattern as messages show it: its first 60 characters, and a … where there are more. Every value goes
/// through here, because it may come out of data and a message may be stored and told many times.
QString excerpt(const QString &text);

/// Text that was UTF-8; nothing when it was not.
std::optional<QString> fromUtf8(const QByteArray &bytes);

/// Orders by code points; QString compares UTF-16 units, which puts some emoji before letters.
std::strong_ordering compareCodePoints(QStringView left, QStringView right);

/// The number of characters (code points).
qsizetype countCodePoints(QStringView text);

} // namespace flow
