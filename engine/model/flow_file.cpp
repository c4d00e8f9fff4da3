// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_file.h"

#include "base/json_lines.h"
#include "base/json_reader.h"
#include "model/flow_fields.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>
#include <limits>

namespace flow {

namespace {

const QString flowKey = QStringLiteral("flow");
const QString layoutKey = QStringLiteral("layout");

/// A bare flow, as people exchange them: recognised by its fields.
bool isBareFlow(const QJsonObject &object)
{
    return !object.contains(flowKey) && object.contains(QStringLiteral("tasks"));
}

FlowFile readObject(const QJsonObject &object, QList<Error> *errors)
{
    FlowFile file;
    const auto readFlow = [&](const QJsonValue &value, const FieldPath &path) {
        const FlowReading reading = flowFromJson(value, path, Reading::Draft);
        for (const Error &error : reading.errors)
            addError(errors, error);
        file.flow = reading.flow;
    };
    if (isBareFlow(object)) {
        readFlow(object, {});
        return file;
    }
    JsonObjectReader reader(object, {}, errors);
    if (const auto flow = reader.requiredObject(flowKey))
        readFlow(*flow, FieldPath(flowKey));
    if (const auto layout = reader.optionalObject(layoutKey))
        file.layout = layoutFromJson(*layout, FieldPath(layoutKey), errors);
    reader.finish();
    return file;
}

/// Completes errors with what only the text knows, and puts them in its order.
void locate(const QByteArray &text, const QString &fileName, QList<Error> *errors)
{
    QList<FieldPath> paths;
    for (const Error &error : *errors)
        paths << error.path;
    const QList<int> lines = json::linesAround(text, paths);
    for (qsizetype i = 0; i < errors->size(); ++i) {
        Error &error = (*errors)[i];
        error.file = fileName;
        if (error.line == 0 && !error.path.isEmpty())
            error.line = lines[i];
    }
    const auto place = [](const Error &error) {
        return error.line == 0 ? std::numeric_limits<int>::max() : error.line;
    };
    std::stable_sort(errors->begin(), errors->end(),
                     [&](const Error &a, const Error &b) { return place(a) < place(b); });
}

Error fileError(ErrorCode code, const QString &path, const QString &reason)
{
    return {.code = code, .reason = reason, .file = path};
}

} // namespace

FlowFileReading readFlowFile(const QByteArray &text, const QString &fileName)
{
    FlowFileReading reading;
    const json::Parsed parsed = json::parse(text);
    reading.errors = parsed.errors;
    if (parsed.value.isUndefined()) { // nothing to read; lines are known already
        for (Error &error : reading.errors)
            error.file = fileName;
        return reading;
    }
    if (parsed.value.isObject()) {
        reading.file = readObject(parsed.value.toObject(), &reading.errors);
    } else {
        const QString rule = QStringLiteral("must be an object with a flow in it");
        addError(&reading.errors,
                 {.code = ErrorCode::NotAnObject, .reason = rule, .value = json::excerpt(parsed.value)});
    }
    if (!reading.ok())
        locate(text, fileName, &reading.errors);
    return reading;
}

QByteArray writeFlowFile(const FlowFile &file)
{
    JsonWriter writer(JsonWriter::Style::Indented);
    writer.beginObject();
    writer.key(flowKey);
    write(writer, file.flow);
    if (!file.layout.isEmpty()) {
        writer.key(layoutKey);
        write(writer, file.layout);
    }
    writer.endObject();
    return writer.take();
}

FlowFileReading loadFlowFile(const QString &path)
{
    QFile file(path);
    FlowFileReading reading;
    if (!file.exists()) {
        reading.errors << fileError(ErrorCode::NotFound, path, QStringLiteral("there is no such file"));
        return reading;
    }
    if (!file.open(QIODevice::ReadOnly)) {
        reading.errors << fileError(ErrorCode::Io, path, QStringLiteral("cannot be read: ") + file.errorString());
        return reading;
    }
    const QByteArray text =
        file.read(json::Limits().bytes + 1); // one more, so that the reader sees that it is too large
    if (file.error() != QFileDevice::NoError) {
        reading.errors << fileError(ErrorCode::Io, path, QStringLiteral("cannot be read: ") + file.errorString());
        return reading;
    }
    return readFlowFile(text, path);
}

Result<void> saveFlowFile(const QString &path, const FlowFile &file)
{
    return saveText(path, writeFlowFile(file));
}

Result<void> saveText(const QString &path, const QByteArray &text)
{
    // Replacing a device or a pipe would take it away from everybody on this computer.
    if (const QFileInfo info(path); info.exists() && !info.isFile())
        return fileError(ErrorCode::Io, path, QStringLiteral("cannot be saved: it is not a file; choose another name"));
    QSaveFile target(path);
    const bool isOpen = target.open(QIODevice::WriteOnly);
    const qint64 written = isOpen ? target.write(text) : -1;
    if (written == text.size() && target.commit())
        return {};
    const bool isCutShort = written >= 0 && written < text.size(); // a full disk takes what fits and says nothing else
    if (isCutShort || target.error() == QFileDevice::ResourceError) {
        return fileError(ErrorCode::Full, path,
                         QStringLiteral("cannot be saved: the disk is full; free some space or save to another place"));
    }
    return fileError(ErrorCode::Io, path, QStringLiteral("cannot be saved: ") + target.errorString());
}

} // namespace flow
