// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFlags>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>

namespace flow {

/// What a task may touch outside the context.
enum class Touch { Nothing = 0, Files = 1, Network = 2, Processes = 4 };
Q_DECLARE_FLAGS(Touches, Touch)
Q_DECLARE_OPERATORS_FOR_FLAGS(Touches)

/// What a registered implementation says of itself. Palette, forms, validation, REST and command line read this.
struct TaskType
{
    QString name;             ///< unique; what `type` in a flow names
    QString title;            ///< for people: "Fetch data"
    QString description;      ///< one sentence; for the demo tasks the reference's text
    QString group;            ///< heading in the palette: "Demo", "Control", ...
    QString icon;             ///< name of an icon in the look library
    QString help;             ///< a few sentences: what it does, what it returns, when it fails
    QJsonObject configSchema; ///< JSON Schema (type object, properties with title, description, default, bounds)
    Touches touches = Touch::Nothing;
    bool retrySafe = true;      ///< running it twice does no harm
    bool waitsForFlows = false; ///< only starts executions and waits for them: it goes on after a restart

    bool operator==(const TaskType &) const = default;
};

/// All known task types by name. A value: validation needs no registry.
using TaskTypes = QMap<QString, TaskType>;

} // namespace flow
