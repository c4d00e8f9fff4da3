// SPDX-License-Identifier: GPL-3.0-or-later
#include "output.h"

#include "base/json.h"
#include "terminal_text.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace flow::cli {

namespace {

/// Why something on stdout was lost; 0 while nothing was.
int outputError = 0;

void write(FILE *file, const QByteArray &bytes)
{
    const bool written = std::fwrite(bytes.constData(), 1, size_t(bytes.size()), file) == size_t(bytes.size());
    if ((!written || std::fflush(file) != 0) && file == stdout && outputError == 0)
        outputError = errno;
}

/// Columns of the terminal on stdout; 0 where there is none.
int terminalColumns()
{
    winsize size = {};
    return isatty(STDOUT_FILENO) && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

QString painted(const Piece &piece, int indent)
{
    static const bool wanted = isatty(STDERR_FILENO) && qEnvironmentVariableIsEmpty("NO_COLOR");
    const QString text = visible(piece.text, indent);
    if (!wanted || piece.colour == Colour::None || text.isEmpty())
        return text;
    static constexpr int codes[] = {0, 32, 31, 33, 90, 1};
    return QStringLiteral("\x1b[%1m%2\x1b[0m").arg(QString::number(codes[int(piece.colour)]), text);
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

void keepStandardChannels()
{
    for (const int channel : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(channel, F_GETFD) == -1 && errno == EBADF)
            (void)::open("/dev/null", channel == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
}

void print(const QString &line, int indent)
{
    write(stdout, (visible(line, indent) + u'\n').toUtf8());
}

void printBytes(const QByteArray &bytes)
{
    write(stdout, bytes);
}

void printJson(const QJsonObject &object)
{
    write(stdout, json::write(object));
}

void printTable(const QList<QStringList> &rows)
{
    QList<QStringList> cells = rows;
    QList<int> widths;
    for (QStringList &row : cells) {
        widths.resize(std::max(widths.size(), row.size()));
        for (qsizetype column = 0; column < row.size(); ++column) {
            row[column] = visibleLine(row[column]);
            widths[column] = std::max(widths[column], columnsOf(row[column]));
        }
    }
    const int most = terminalColumns();
    for (const QStringList &row : cells) {
        QString line;
        for (qsizetype column = 0; column < row.size(); ++column)
            line += row[column] + QString(widths[column] + 2 - columnsOf(row[column]), u' ');
        while (line.endsWith(u' '))
            line.chop(1);
        print(most > 0 ? cutToColumns(line, most) : line);
    }
}

int finishOutput(int code)
{
    if (outputError == 0)
        return code;
    const QString why = QString::fromLocal8Bit(std::strerror(outputError));
    say({{QStringLiteral("flowctl: "), Colour::Red}, {Cli::tr("The output cannot be written: %1").arg(why)}});
    return code == Completed ? Failed : code;
}

void say(const QList<Piece> &pieces, int indent)
{
    QString line;
    for (const Piece &piece : pieces)
        line += painted(piece, indent);
    write(stderr, (line + u'\n').toUtf8());
}

void say(const QString &line)
{
    say(QList{Piece{line}});
}

void ask(const QString &question)
{
    write(stderr, visible(question).toUtf8());
}

int fail(const Error &error)
{
    for (const QString &line : error.text().split(u'\n'))
        say({{QStringLiteral("flowctl: "), Colour::Red}, {line}});
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
    say({{QStringLiteral("flowctl: "), Colour::Red}, {text}});
    say(Cli::tr("Try: flowctl %1--help").arg(command.isEmpty() ? QString() : command + u' '));
    return Usage;
}

} // namespace flow::cli
