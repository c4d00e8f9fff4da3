// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

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

/// A flow that a task's settings say it runs.
struct FlowCall
{
    QString flow;             ///< name of a sub-flow in the same file, or else id of a flow in the library
    QJsonObject input;        ///< what the flow gets; texts in it may hold expressions
    bool isInputKnown = true; ///< the input is written out, and no expression as a whole
    FieldPath flowField;      ///< where the flow is named in the settings
    FieldPath inputField;     ///< where the input stands there
    bool isCertain = true;    ///< each run of the task runs the flow, and waits for no other

    bool operator==(const FlowCall &) const = default;
};

/// What a registered implementation says of itself. Palette, forms, validation, REST and command line read this.
///
/// The functions answer what follows from the settings of one task, before any run: they get the settings as they are
/// written, so any text in them may be an expression whose value nobody knows yet. They know nothing else and can be
/// called from any thread.
struct TaskType
{
    QString name;             ///< unique; what `type` in a flow names
    QString title;            ///< for people: "Fetch data"
    QString description;      ///< one sentence; for the demo tasks the reference's text
    QString group;            ///< heading in the palette: "Demo", "Control", ...
    QString icon;             ///< name of an icon in the look library
    QString help;             ///< a few sentences: what it does, what it returns, when it fails
    QJsonObject configSchema; ///< JSON Schema (type object, properties with title, description, default, bounds)
    QJsonObject resultSchema; ///< JSON Schema of the data that it returns, where it returns any; empty: not known
    Touches touches = Touch::Nothing;
    bool retrySafe = true;      ///< running it twice does no harm
    bool waitsForFlows = false; ///< only starts executions and waits for them: it goes on after a restart
    /// The result of a task with these settings, defaults filled in, where that is more than `resultSchema` says.
    QJsonObject (*resultOf)(const QJsonObject &config) = nullptr;
    /// What is wrong with settings that keep to `configSchema`, defaults filled in, for rules that it cannot express.
    QList<Error> (*mistakesOf)(const QJsonObject &config) = nullptr;
    /// The flows that a task with these settings runs, defaults filled in, as far as they are written out.
    QList<FlowCall> (*flowsOf)(const QJsonObject &config) = nullptr;

    bool operator==(const TaskType &) const = default;
};

/// All known task types by name. A value: validation needs no registry.
using TaskTypes = QMap<QString, TaskType>;

} // namespace flow
