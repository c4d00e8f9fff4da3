// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "base/json_reader.h"
#include "model/flow_file.h"

namespace flow {

namespace {

constexpr double farthest = 10'000'000; // logical pixels; a double keeps fractions exact enough there
constexpr qint64 longestText = 10'000;

QJsonObject pointJson(QPointF point)
{
    return {{QStringLiteral("x"), point.x()}, {QStringLiteral("y"), point.y()}};
}

QJsonObject rectJson(const QRectF &rect)
{
    return {{QStringLiteral("x"), rect.x()}, {QStringLiteral("y"), rect.y()},
            {QStringLiteral("width"), rect.width()}, {QStringLiteral("height"), rect.height()}};
}

QJsonObject pointsJson(const QMap<QString, QPointF> &points)
{
    QJsonObject object;
    for (auto point = points.begin(); point != points.end(); ++point)
        object.insert(point.key(), pointJson(point.value()));
    return object;
}

std::optional<double> requiredNumber(JsonObjectReader &fields, const QString &key, double least)
{
    const std::optional<double> number = fields.optionalNumber(key, least, farthest);
    if (!fields.has(key))
        fields.report(key, ErrorCode::MissingField, QStringLiteral("is missing"));
    return number;
}

QPointF readPoint(JsonObjectReader &fields)
{
    const std::optional<double> x = requiredNumber(fields, QStringLiteral("x"), -farthest);
    const std::optional<double> y = requiredNumber(fields, QStringLiteral("y"), -farthest);
    return {x.value_or(0), y.value_or(0)};
}

QRectF readRect(JsonObjectReader &fields)
{
    const QPointF corner = readPoint(fields);
    const std::optional<double> width = requiredNumber(fields, QStringLiteral("width"), 0);
    const std::optional<double> height = requiredNumber(fields, QStringLiteral("height"), 0);
    return {corner, QSizeF(width.value_or(0), height.value_or(0))};
}

/// Reads the object behind `key` with `read`; nothing when it is absent or none.
template <typename Read>
void eachObject(const QJsonValue &value, const FieldPath &path, QList<Error> *errors, Read read)
{
    if (!value.isObject()) {
        errors->append(Error{.code = ErrorCode::NotAnObject, .reason = QStringLiteral("must be an object"), .path = path,
                             .value = json::excerpt(value)});
        return;
    }
    JsonObjectReader fields(value.toObject(), path, errors);
    read(fields);
    fields.finish();
}

QMap<QString, QPointF> readPoints(JsonObjectReader &layout, const QString &key, QList<Error> *errors)
{
    QMap<QString, QPointF> points;
    const QJsonObject object = layout.optionalObject(key).value_or(QJsonObject());
    for (auto member = object.begin(); member != object.end(); ++member) {
        eachObject(member.value(), layout.pathOf(key) / member.key(), errors,
                   [&](JsonObjectReader &fields) { points.insert(member.key(), readPoint(fields)); });
    }
    return points;
}

template <typename Box>
QList<Box> readBoxes(JsonObjectReader &layout, const QString &key, const QString &textKey, QString Box::*text, QList<Error> *errors)
{
    QList<Box> boxes;
    const QJsonArray list = layout.optionalList(key, 0, 10'000).value_or(QJsonArray());
    for (qsizetype index = 0; index < list.size(); ++index) {
        eachObject(list[index], layout.pathOf(key) / index, errors, [&](JsonObjectReader &fields) {
            Box box;
            box.*text = fields.optionalText(textKey, 0, longestText);
            box.rect = readRect(fields);
            boxes << box;
        });
    }
    return boxes;
}

} // namespace

QJsonObject toJson(const Layout &layout)
{
    QJsonObject object;
    if (!layout.tasks.isEmpty())
        object.insert(QStringLiteral("tasks"), pointsJson(layout.tasks));
    if (layout.start)
        object.insert(QStringLiteral("start"), pointJson(*layout.start));
    if (!layout.ends.isEmpty())
        object.insert(QStringLiteral("ends"), pointsJson(layout.ends));
    QJsonArray frames;
    for (const Frame &frame : layout.frames) {
        QJsonObject box = rectJson(frame.rect);
        box.insert(QStringLiteral("title"), frame.title);
        frames.append(box);
    }
    if (!frames.isEmpty())
        object.insert(QStringLiteral("frames"), frames);
    QJsonArray notes;
    for (const Note &note : layout.notes) {
        QJsonObject box = rectJson(note.rect);
        box.insert(QStringLiteral("text"), note.text);
        notes.append(box);
    }
    if (!notes.isEmpty())
        object.insert(QStringLiteral("notes"), notes);
    return object;
}

Layout layoutFromJson(const QJsonValue &value, const FieldPath &path, QList<Error> *errors)
{
    Layout layout;
    eachObject(value, path, errors, [&](JsonObjectReader &fields) {
        layout.tasks = readPoints(fields, QStringLiteral("tasks"), errors);
        const QString start = QStringLiteral("start");
        if (const std::optional<QJsonObject> object = fields.optionalObject(start)) {
            eachObject(*object, fields.pathOf(start), errors,
                       [&](JsonObjectReader &point) { layout.start = readPoint(point); });
        }
        layout.ends = readPoints(fields, QStringLiteral("ends"), errors);
        layout.frames = readBoxes<Frame>(fields, QStringLiteral("frames"), QStringLiteral("title"), &Frame::title, errors);
        layout.notes = readBoxes<Note>(fields, QStringLiteral("notes"), QStringLiteral("text"), &Note::text, errors);
    });
    return layout;
}

} // namespace flow
