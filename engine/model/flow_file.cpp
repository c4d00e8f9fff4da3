// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_file.h"

#include "base/json_reader.h"
#include "model/flow_writer.h"

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>

namespace flow {

namespace {

/// Names the file in each error and finds the lines; only the first hundred are searched for, nobody reads more.
void locate(QList<Error> &errors, const QByteArray &text, const QString &fileName)
{
    int searched = 0;
    for (Error &error : errors) {
        error.file = fileName;
        if (error.line > 0 || searched >= 100)
            continue;
        ++searched;
        FieldPath path = error.path;
        error.line = json::lineOf(text, path);
        // What is missing has no line of its own: its object has.
        for (qsizetype length = path.steps().size(); error.line == 0 && length-- > 0;) {
            FieldPath parent;
            for (qsizetype step = 0; step < length; ++step) {
                const FieldPath::Step &next = path.steps().at(step);
                parent = next.index >= 0 ? parent / next.index : parent / next.key;
            }
            error.line = json::lineOf(text, parent);
        }
    }
}

void readWrapped(const QJsonObject &object, FlowFileReading &reading)
{
    JsonObjectReader fields(object, {}, &reading.errors);
    const QString flowKey = QStringLiteral("flow");
    const QString layoutKey = QStringLiteral("layout");
    const FlowReading flow = flowFromJson(fields.any(flowKey), fields.pathOf(flowKey), Reading::Draft);
    reading.file.flow = flow.flow;
    reading.errors += flow.errors;
    const QJsonValue layout = fields.any(layoutKey);
    if (fields.has(layoutKey))
        reading.file.layout = layoutFromJson(layout, fields.pathOf(layoutKey), &reading.errors);
    fields.finish();
}

Error fileError(const QString &path, const char *text, const QString &detail)
{
    return Error{.code = ErrorCode::Io, .reason = QCoreApplication::translate("FlowFile", text).arg(detail), .file = path};
}

} // namespace

FlowFileReading readFlowFile(const QByteArray &text, const QString &fileName)
{
    FlowFileReading reading;
    const json::Parsed parsed = json::parse(text);
    reading.errors = parsed.errors;
    if (parsed.value.isObject()) {
        const QJsonObject object = parsed.value.toObject();
        if (object.contains(QStringLiteral("flow"))) {
            readWrapped(object, reading);
        } else {
            const FlowReading flow = flowFromJson(object, {}, Reading::Draft);
            reading.file.flow = flow.flow;
            reading.errors += flow.errors;
        }
    } else if (reading.ok()) {
        reading.errors << Error{.code = ErrorCode::NotAnObject,
                                .reason = QStringLiteral("must be a flow: an object with the fields of a flow, or {\"flow\": ...}"),
                                .value = json::excerpt(parsed.value)};
    }
    locate(reading.errors, text, fileName);
    return reading;
}

QByteArray writeFlowFile(const FlowFile &file)
{
    JsonWriter writer(JsonWriter::Style::Indented);
    writer.beginObject();
    writer.key(QStringLiteral("flow"));
    writeFlow(writer, file.flow);
    if (!file.layout.isEmpty()) {
        writer.key(QStringLiteral("layout"));
        writeLayout(writer, file.layout);
    }
    writer.endObject();
    return writer.take();
}

FlowFileReading loadFlowFile(const QString &path)
{
    FlowFileReading reading;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        reading.errors << fileError(path, QT_TRANSLATE_NOOP("FlowFile", "cannot be opened: %1"), file.errorString());
        if (!file.exists())
            reading.errors.last().code = ErrorCode::NotFound;
        return reading;
    }
    // One byte more than the limit is enough for the limit's own message.
    return readFlowFile(file.read(json::Limits().bytes + 1), path);
}

Result<void> saveFlowFile(const QString &path, const FlowFile &file)
{
    const QByteArray text = writeFlowFile(file);
    QSaveFile target(path);
    if (!target.open(QIODevice::WriteOnly) || target.write(text) != text.size() || !target.commit()) {
        return fileError(path, QT_TRANSLATE_NOOP("FlowFile", "cannot be written: %1. The file is as it was; save to another place."),
                         target.errorString());
    }
    return {};
}

} // namespace flow
