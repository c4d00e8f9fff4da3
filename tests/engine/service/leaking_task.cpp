// SPDX-License-Identifier: GPL-3.0-or-later
#include "leaking_task.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

#include <stdexcept>

using namespace flow;

namespace {

QJsonObject object(const char *json)
{
    return QJsonDocument::fromJson(json).object();
}

/// In all the encodings that people use.
QJsonArray encoded(const QString &secret)
{
    const QByteArray utf8 = secret.toUtf8();
    const QByteArray json = QJsonDocument(QJsonArray{secret}).toJson(QJsonDocument::Compact);
    QJsonArray list{QString::fromLatin1(utf8.toBase64()), QString::fromUtf8(json),
                    QString::fromLatin1(utf8.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)),
                    QString::fromLatin1(QUrl::toPercentEncoding(secret)), secret.trimmed()};
    return list;
}

/// As if it were JSON, where it is.
QJsonValue parsed(const QString &secret)
{
    const QJsonDocument document = QJsonDocument::fromJson('[' + secret.toUtf8() + ']');
    return document.isArray() ? document.array().at(0) : QJsonValue(secret);
}

} // namespace

TaskType LeakingTask::describe()
{
    return {.name = QStringLiteral("leak"), .configSchema = object(R"({"additionalProperties": false, "properties": {
                "how": {"type": "string"}, "plain": {}, "number": {"type": "number", "writeOnly": true},
                "secret": {"type": "string", "minLength": 1, "writeOnly": true},
                "map": {"type": "object", "writeOnly": true}}})")};
}

TaskResult LeakingTask::execute(TaskRun &run)
{
    const QString secret = run.config.value(u"secret").toString();
    const QString how = run.config.value(u"how").toString();
    const QString sentence = QStringLiteral("it is %1, of course").arg(secret);
    if (how == u"echo")
        return TaskResult::success(QJsonObject{{secret, QJsonArray{sentence, secret}}, {sentence, run.config}});
    if (how == u"encoded")
        return TaskResult::success(encoded(secret));
    if (how == u"parsed")
        return TaskResult::success(QJsonArray{parsed(secret), QJsonObject{{QStringLiteral("in"), parsed(secret)}}});
    if (how == u"lines")
        return TaskResult::success(QJsonArray::fromStringList(secret.split(u'\n')));
    if (how == u"fail")
        return TaskResult::failure(sentence, secret);
    if (how == u"throw")
        throw std::runtime_error(sentence.toStdString());
    if (how == u"log" || how == u"wait") {
        for (const LogLevel level : {LogLevel::Debug, LogLevel::Info, LogLevel::Warning, LogLevel::Error})
            run.log(level, sentence);
        for (const QString &line : secret.split(u'\n'))
            run.log(LogLevel::Info, line);
        for (const QJsonValue &text : encoded(secret))
            run.log(LogLevel::Info, text.toString());
        run.log(LogLevel::Info, secret.left(2000));
    }
    if (how == u"progress" || how == u"wait")
        run.progress(0.5, sentence);
    if (how == u"wait")
        run.cancel.waitFor(std::chrono::minutes(5));
    return TaskResult::success();
}
