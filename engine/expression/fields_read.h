// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace flow {

/// What an expression reads of a variable that is a map. A plain value.
struct FieldsRead
{
    QStringList names;    ///< those that are written out: `map.name`, `map["name"]`; none twice
    bool isWhole = false; ///< it is read in another way as well, so that any field may be meant

    bool isNothing() const { return names.isEmpty() && !isWhole; }
    void add(const FieldsRead &other);
};

namespace cel {

struct Node;

/// Of the environment's variable; those of macros that have the same name do not count. Call it when names are
/// resolved.
FieldsRead fieldsRead(const Node &root, const QString &variable);

} // namespace cel

} // namespace flow
