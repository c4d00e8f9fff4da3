// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "model/flow_json.h"

namespace flow {

/// The content of a `*.flow.json`: what runs and how it is drawn.
struct FlowFile
{
    Flow flow;
    Layout layout;
    bool operator==(const FlowFile &) const = default;
};

/// A file or everything that keeps it from being read; `file` is only good when there are no errors.
struct FlowFileReading
{
    FlowFile file;
    QList<Error> errors;
    bool ok() const { return errors.isEmpty(); }
};

/// Most tasks in one flow, and most conditions.
inline constexpr qsizetype maxTasks = 100'000;

/// Reads `{"flow": ..., "layout": ...}` or a bare flow, as a draft: a drawing that cannot run yet can be saved and
/// opened again, and validate() says what is wrong with it. Errors carry `fileName`, line, path, value and rule.
FlowFileReading readFlowFile(const QByteArray &text, const QString &fileName = {});

/// Canonical text: fixed key order, two spaces, one trailing newline, layout last and left out when empty.
/// readFlowFile(writeFlowFile(f)) == f, and writing that again gives the same bytes.
QByteArray writeFlowFile(const FlowFile &file);

QJsonObject toJson(const Layout &layout);
Layout layoutFromJson(const QJsonValue &value, const FieldPath &path, QList<Error> *errors);

/// Loads from disk (at most 64 MiB are read).
FlowFileReading loadFlowFile(const QString &path);
/// Writes beside the file and renames over it: the old content survives any failure.
Result<void> saveFlowFile(const QString &path, const FlowFile &file);
/// The same for a text that is ready.
Result<void> saveText(const QString &path, const QByteArray &text);

} // namespace flow
