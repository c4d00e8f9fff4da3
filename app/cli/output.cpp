// SPDX-License-Identifier: GPL-3.0-or-later
#include "output.h"

#include "base/json.h"

#include <cstdio>
#include <unistd.h>

namespace flow::cli {

namespace {

void write(FILE *file, const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    std::fwrite(utf8.constData(), 1, size_t(utf8.size()), file);
    std::fflush(file);
}

int exitCodeOf(const Error &error)
{
    switch (error.code) {
    case ErrorCode::NotFound:
        return NotFound;
    case ErrorCode::NotAllowed:
    case ErrorCode::Conflict:
    case ErrorCode::Unauthorized:
    case ErrorCode::Io:
    case ErrorCode::Full:
    case ErrorCode::Corrupt:
    case ErrorCode::NewerSchema:
    case ErrorCode::Cancelled:
    case ErrorCode::Internal:
        return Failed;
    default:
        return Invalid;
    }
}

} // namespace

void print(const QString &line)
{
    write(stdout, line + u'\n');
}

void printJson(const QJsonObject &object)
{
    write(stdout, QString::fromUtf8(json::write(object)));
}

void printTable(const QList<QStringList> &rows)
{
    QList<qsizetype> widths;
    for (const QStringList &row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (qsizetype column = 0; column < row.size(); ++column)
            widths[column] = std::max(widths[column], row[column].size());
    }
    for (const QStringList &row : rows) {
        QString line;
        for (qsizetype column = 0; column < row.size(); ++column)
            line += column + 1 < row.size() ? row[column].leftJustified(widths[column] + 2) : row[column];
        print(line);
    }
}

void say(const QString &line)
{
    write(stderr, line + u'\n');
}

void ask(const QString &question)
{
    write(stderr, question);
}

QString paint(const QString &text, Colour colour)
{
    static const bool wanted = isatty(STDERR_FILENO) && qEnvironmentVariableIsEmpty("NO_COLOR");
    if (!wanted || colour == Colour::None)
        return text;
    static constexpr int codes[] = {0, 32, 31, 33, 90, 1};
    return QStringLiteral("\x1b[%1m%2\x1b[0m").arg(codes[int(colour)]).arg(text);
}

int fail(const Error &error)
{
    for (const QString &line : error.text().split(u'\n'))
        say(paint(QStringLiteral("flowctl: "), Colour::Red) + line);
    return exitCodeOf(error);
}

int fail(const QList<Error> &errors)
{
    int code = Failed;
    for (const Error &error : errors)
        code = fail(error);
    return code;
}

int misuse(const QString &text, const QString &command)
{
    say(paint(QStringLiteral("flowctl: "), Colour::Red) + text);
    say(Cli::tr("Try: flowctl %1--help").arg(command.isEmpty() ? QString() : command + u' '));
    return Usage;
}

} // namespace flow::cli
