// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/stored_json.h"

#include "storage/storage_error.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace flow::stored {

namespace {

constexpr qsizetype mostBytes = 64 * 1024 * 1024;
/// Qt reads 1,024 levels; one is the list around every value, and the context adds a few when it is put together.
constexpr int mostLevels = 1000;

QString tr(const char *text)
{
    return QCoreApplication::translate("StoredJson", text);
}

int levels(const QByteArray &text)
{
    int depth = 0;
    int deepest = 0;
    bool inString = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"')
            inString = !inString;
        else if (inString)
            i += c == '\\' ? 1 : 0;
        else if (c == '{' || c == '[')
            deepest = std::max(deepest, ++depth);
        else if (c == '}' || c == ']')
            --depth;
    }
    return deepest;
}

} // namespace

Result<QString> jsonText(const QJsonValue &value)
{
    const bool isObject = value.isObject(); // most are; only other values need the list around them
    QByteArray text = isObject ? QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact)
                               : QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    if (text.size() > mostBytes)
        return Error{
            .code = ErrorCode::TooLarge,
            .reason = tr("This is larger than the 64 MiB that one value may have: keep large data in files and hand on "
                         "their names")};
    if (levels(text) > mostLevels)
        return Error{.code = ErrorCode::TooDeep,
                     .reason = tr("This is nested deeper than the %1 levels that can be stored").arg(mostLevels)};
    return isObject ? QString::fromUtf8(text) : QString::fromUtf8(QByteArrayView(text).sliced(1).chopped(1));
}

Result<QJsonValue> jsonValue(const QString &text, const QString &file)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson('[' + text.toUtf8() + ']', &error);
    if (error.error != QJsonParseError::NoError || document.array().size() != 1)
        return corruptError(file, tr("a stored value is not JSON: %1").arg(error.errorString()));
    return document.array().first();
}

Result<QJsonObject> jsonObject(const QString &text, const QString &file)
{
    const Result<QJsonValue> value = jsonValue(text, file);
    if (!value)
        return value.error();
    if (!value->isObject())
        return corruptError(file, tr("a stored context is not a JSON object"));
    return value->toObject();
}

} // namespace flow::stored
