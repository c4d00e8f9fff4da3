// SPDX-License-Identifier: GPL-3.0-or-later
#include "input_values.h"

#include "base/json.h"
#include "output.h"

#include <QFile>
#include <QFileInfo>

#include <cstdio>
#include <unistd.h>

namespace flow::cli {

namespace {

constexpr qint64 readAtOnce = 1024 * 1024;

} // namespace

QString inputName(const QString &file)
{
    if (file.isEmpty())
        return QStringLiteral("\"\"");
    return file == QStringLiteral("-") ? QStringLiteral("stdin") : file;
}

Result<void> mustBeFile(const QString &file)
{
    const QFileInfo info(file);
    if (info.isDir())
        return Error{.code = ErrorCode::Io, .reason = Cli::tr("is a folder, not a file"), .file = file};
    if (!info.exists())
        return Error{.code = ErrorCode::NotFound, .reason = Cli::tr("there is no such file"), .file = inputName(file)};
    return {};
}

Result<QByteArray> readInput(const QString &file)
{
    QFile source(file);
    bool opened = false;
    if (file == QStringLiteral("-")) {
        if (isatty(STDIN_FILENO))
            say(Cli::tr("Reading from the terminal; Ctrl+D on an empty line ends it"));
        opened = source.open(stdin, QIODevice::ReadOnly);
    } else {
        if (const Result<void> there = mustBeFile(file); !there)
            return there.error();
        opened = source.open(QIODevice::ReadOnly);
    }
    QByteArray text;
    while (opened && text.size() <= json::Limits().bytes) {
        const QByteArray more = source.read(readAtOnce);
        if (more.isEmpty())
            break;
        text += more;
    }
    if (opened && source.error() == QFileDevice::NoError)
        return text;
    return Error{.code = ErrorCode::Io,
                 .reason = Cli::tr("cannot be read: %1").arg(source.errorString()),
                 .file = inputName(file)};
}

int failToRead(const Error &error)
{
    const int code = fail(error);
    return error.code == ErrorCode::Io && QFileInfo(error.file).isDir() ? Usage : code;
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
            error.file = inputName(jsonFile);
            return error;
        }
        if (!parsed.value.isObject())
            return Error{.code = ErrorCode::NotAnObject,
                         .reason = Cli::tr("the input must be a JSON object"),
                         .file = inputName(jsonFile)};
        context = parsed.value.toObject();
    }
    for (const QString &pair : pairs) {
        const qsizetype equals = pair.indexOf(u'=');
        const QString text = pair.mid(equals + 1);
        const json::Parsed parsed = json::parse(text.toUtf8());
        context.insert(pair.left(equals), parsed.errors.isEmpty() ? parsed.value : QJsonValue(text));
    }
    return context;
}

Result<QList<Breakpoint>> breakpointsOf(const QStringList &texts)
{
    const QString condition = QStringLiteral("condition:");
    QList<Breakpoint> breakpoints;
    for (const QString &text : texts) {
        const qsizetype sign = text.indexOf(u'=');
        const QString name = sign < 0 ? text : text.left(sign);
        Breakpoint point;
        point.when = sign < 0 ? QString() : text.mid(sign + 1);
        (name.startsWith(condition) ? point.condition : point.task) =
            name.startsWith(condition) ? name.mid(condition.size()) : name;
        if (point.task.isEmpty() && point.condition.isEmpty())
            return Error{.code = ErrorCode::Syntax,
                         .reason = Cli::tr("--breakpoint needs TASK[=EXPRESSION] or condition:NAME[=EXPRESSION], not "
                                           "\"%1\"")
                                       .arg(text)};
        breakpoints.append(point);
    }
    return breakpoints;
}

QCommandLineOption breakpointOption()
{
    return QCommandLineOption(
        QStringLiteral("breakpoint"),
        Cli::tr("Pause before this task, or after condition:NAME; with =EXPRESSION only when that "
                "is true. May be given several times."),
        QStringLiteral("PLACE"));
}

} // namespace flow::cli
