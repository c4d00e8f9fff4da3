// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "model/flow.h"
#include "model/layout.h"

#include <QJsonArray>
#include <QJsonObject>

namespace flow {

/// A flow or everything that keeps it from being read. `flow` is only good when there are no errors.
struct FlowReading
{
    Flow flow;
    QList<Error> errors;
    bool ok() const { return errors.isEmpty(); }
};

/// How strictly a flow is read.
enum class Reading {
    Contract, ///< what REST takes: also unique task names, at least one task, start task and targets exist
    Draft,    ///< what people save: no tasks and no start task yet are fine, the rest is left to validate()
};

/// Reads the value of `"flow"`. Always strict about lengths, types and unknown fields; all problems at once (up to a
/// thousand), paths below `path`.
FlowReading flowFromJson(const QJsonValue &value, const FieldPath &path = {}, Reading reading = Reading::Contract);

/// Absent fields stay absent, so the result equals what was read.
QJsonObject toJson(const Flow &flow);
QJsonObject toJson(const Task &task);
QJsonObject toJson(const Condition &condition);

/// A flow as canonical JSON text (fixed key order), and its content id.
QByteArray canonicalJson(const Flow &flow);
RevisionId revisionOf(const Flow &flow);

/// The flow as the reference understands it, and one sentence for each addition that had to go.
struct ReferenceExport
{
    QByteArray json; ///< `{"flow": {...}}`
    QStringList dropped;
};
ReferenceExport exportForReference(const Flow &flow);

} // namespace flow
