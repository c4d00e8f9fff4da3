// SPDX-License-Identifier: GPL-3.0-or-later
#include "input_values.h"

#include "base/json.h"

#include <QFile>

#include <cstdio>

namespace flow::cli {

Result<QByteArray> readInput(const QString &file)
{
    QFile source(file);
    const bool opened = file == QStringLiteral("-") ? source.open(stdin, QIODevice::ReadOnly) : source.open(QIODevice::ReadOnly);
    if (!opened) {
        return Error{.code = QFile::exists(file) ? ErrorCode::Io : ErrorCode::NotFound,
                     .reason = QStringLiteral("cannot be opened: %1").arg(source.errorString()), .file = file};
    }
    return source.readAll();
}

Result<QJsonObject> inputContext(const QStringList &pairs, const QString &jsonFile)
{
    QJsonObject context;
    if (!jsonFile.isNull()) {
        const Result<QByteArray> text = readInput(jsonFile);
        if (!text)
            return text.error();
        const json::Parsed parsed = json::parse(*text);
        if (!parsed.errors.isEmpty()) {
            Error error = parsed.errors.first();
            error.file = jsonFile;
            return error;
        }
        if (!parsed.value.isObject())
            return Error{.code = ErrorCode::NotAnObject, .reason = QStringLiteral("the input must be a JSON object"), .file = jsonFile};
        context = parsed.value.toObject();
    }
    for (const QString &pair : pairs) {
        const qsizetype equals = pair.indexOf(u'=');
        if (equals < 1)
            return Error{.code = ErrorCode::Syntax, .reason = QStringLiteral("write --input NAME=VALUE"), .value = pair};
        const QString text = pair.mid(equals + 1);
        const json::Parsed parsed = json::parse(text.toUtf8());
        context.insert(pair.left(equals), parsed.errors.isEmpty() ? parsed.value : QJsonValue(text));
    }
    return context;
}

} // namespace flow::cli
