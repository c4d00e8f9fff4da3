// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "base/json_reader.h"
#include "model/flow_fields.h"
#include "model/flow_file.h"
#include "model/flow_limits.h"

namespace flow {

namespace {

QJsonObject toJson(const QPointF &point)
{
    return {{QStringLiteral("x"), point.x()}, {QStringLiteral("y"), point.y()}};
}

QJsonObject box(const QString &key, const QString &text, const QRectF &rect)
{
    return {{key, text},
            {QStringLiteral("x"), rect.x()},
            {QStringLiteral("y"), rect.y()},
            {QStringLiteral("width"), rect.width()},
            {QStringLiteral("height"), rect.height()}};
}

QJsonObject toJson(const Frame &frame)
{
    return box(QStringLiteral("title"), frame.title, frame.rect);
}

QJsonObject toJson(const Note &note)
{
    return box(QStringLiteral("text"), note.text, note.rect);
}

QJsonObject toJson(const QMap<QString, QPointF> &points)
{
    QJsonObject object;
    for (auto it = points.begin(); it != points.end(); ++it)
        object.insert(it.key(), toJson(it.value()));
    return object;
}

template <typename T>
QJsonArray toJson(const QList<T> &items)
{
    QJsonArray list;
    for (const T &item : items)
        list << toJson(item);
    return list;
}

void writePoints(JsonWriter &writer, const QString &key, const QMap<QString, QPointF> &points)
{
    if (points.isEmpty())
        return;
    writer.key(key);
    writer.beginObject();
    for (auto it = points.begin(); it != points.end(); ++it) {
        writer.key(it.key());
        writer.lineValue(toJson(it.value()));
    }
    writer.endObject();
}

template <typename T>
void writeItems(JsonWriter &writer, const QString &key, const QList<T> &items)
{
    if (items.isEmpty())
        return;
    writer.key(key);
    writer.beginList();
    for (const T &item : items)
        writer.lineValue(toJson(item));
    writer.endList();
}

double requiredNumber(JsonObjectReader &reader, const QString &key, double least, double most)
{
    if (!reader.has(key)) {
        reader.any(key);
        reader.report(key, ErrorCode::MissingField, QStringLiteral("is missing"));
        return 0;
    }
    return reader.optionalNumber(key, least, most).value_or(0);
}

QPointF readPosition(JsonObjectReader &reader)
{
    const double x = requiredNumber(reader, QStringLiteral("x"), -limits::coordinate, limits::coordinate);
    const double y = requiredNumber(reader, QStringLiteral("y"), -limits::coordinate, limits::coordinate);
    return {x, y};
}

QPointF readPoint(const QJsonObject &object, const FieldPath &path, QList<Error> *errors)
{
    JsonObjectReader reader(object, path, errors);
    const QPointF point = readPosition(reader);
    reader.finish();
    return point;
}

QMap<QString, QPointF> readPoints(JsonObjectReader &layout, const QString &key, QList<Error> *errors)
{
    QMap<QString, QPointF> points;
    const QJsonObject object = layout.optionalObject(key).value_or(QJsonObject());
    JsonObjectReader reader(object, layout.pathOf(key), errors);
    for (auto it = object.begin(); it != object.end() && errors->size() <= maxErrors; ++it) {
        if (const auto point = reader.requiredObject(it.key()))
            points.insert(it.key(), readPoint(*point, reader.pathOf(it.key()), errors));
    }
    return points;
}

/// Frames and notes: a text and a rectangle.
template <typename T>
QList<T> readBoxes(JsonObjectReader &layout, const QString &key, const QString &textKey, QString T::*text,
                   QList<Error> *errors)
{
    QList<T> items;
    const QJsonArray list = layout.optionalList(key, 0, limits::layoutItems).value_or(QJsonArray());
    for (qsizetype i = 0; i < list.size() && errors->size() <= maxErrors; ++i) {
        const FieldPath path = layout.pathOf(key) / i;
        if (!list[i].isObject()) {
            addError(errors, {.code = ErrorCode::NotAnObject,
                              .reason = QStringLiteral("must be an object"),
                              .path = path,
                              .value = json::excerpt(list[i])});
            continue;
        }
        JsonObjectReader reader(list[i].toObject(), path, errors);
        T item;
        item.*text = reader.requiredText(textKey, 0, limits::noteText);
        const QPointF corner = readPosition(reader);
        const double width = requiredNumber(reader, QStringLiteral("width"), 0, limits::coordinate);
        const double height = requiredNumber(reader, QStringLiteral("height"), 0, limits::coordinate);
        item.rect = QRectF(corner, QSizeF(width, height));
        reader.finish();
        items << item;
    }
    return items;
}

} // namespace

void write(JsonWriter &writer, const Layout &layout)
{
    writer.beginObject();
    if (layout.start) {
        writer.key(QStringLiteral("start"));
        writer.lineValue(toJson(*layout.start));
    }
    writePoints(writer, QStringLiteral("tasks"), layout.tasks);
    writePoints(writer, QStringLiteral("ends"), layout.ends);
    writeItems(writer, QStringLiteral("frames"), layout.frames);
    writeItems(writer, QStringLiteral("notes"), layout.notes);
    writer.endObject();
}

QJsonObject toJson(const Layout &layout)
{
    QJsonObject json;
    if (layout.start)
        json.insert(QStringLiteral("start"), toJson(*layout.start));
    if (!layout.tasks.isEmpty())
        json.insert(QStringLiteral("tasks"), toJson(layout.tasks));
    if (!layout.ends.isEmpty())
        json.insert(QStringLiteral("ends"), toJson(layout.ends));
    if (!layout.frames.isEmpty())
        json.insert(QStringLiteral("frames"), toJson(layout.frames));
    if (!layout.notes.isEmpty())
        json.insert(QStringLiteral("notes"), toJson(layout.notes));
    return json;
}

Layout layoutFromJson(const QJsonValue &value, const FieldPath &path, QList<Error> *errors)
{
    Layout layout;
    if (!value.isObject()) {
        addError(errors, {.code = ErrorCode::NotAnObject,
                          .reason = QStringLiteral("must be an object"),
                          .path = path,
                          .value = json::excerpt(value)});
        return layout;
    }
    JsonObjectReader reader(value.toObject(), path, errors);
    const QString start = QStringLiteral("start");
    if (const auto point = reader.optionalObject(start))
        layout.start = readPoint(*point, reader.pathOf(start), errors);
    layout.tasks = readPoints(reader, QStringLiteral("tasks"), errors);
    layout.ends = readPoints(reader, QStringLiteral("ends"), errors);
    layout.frames = readBoxes(reader, QStringLiteral("frames"), QStringLiteral("title"), &Frame::title, errors);
    layout.notes = readBoxes(reader, QStringLiteral("notes"), QStringLiteral("text"), &Note::text, errors);
    reader.finish();
    return layout;
}

} // namespace flow
