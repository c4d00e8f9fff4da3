// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/value_type.h"

#include <QMap>
#include <QString>
#include <QStringList>

namespace flow {

/// What is known of a value before it exists, so that mistakes are found before a run. A plain value.
struct Shape
{
    TypeSet types = TypeSet::all();
    QMap<QString, Shape> fields = {};
    bool isClosed = false;  ///< a field that is not in `fields` is a mistake
    QStringList words = {}; ///< where it is a text, it is one of these; empty: any

    static Shape of(ValueType type) { return {.types = type}; }
    static Shape oneOf(QStringList words) { return {.types = ValueType::String, .words = std::move(words)}; }
    static Shape closed(QMap<QString, Shape> fields)
    {
        return {.types = ValueType::Map, .fields = std::move(fields), .isClosed = true};
    }
    static Shape open(QMap<QString, Shape> fields) { return {.types = ValueType::Map, .fields = std::move(fields)}; }
};

/// The variables that exist, and what is known of each.
using Scope = QMap<QString, Shape>;

} // namespace flow
