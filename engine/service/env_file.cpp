// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/env_file.h"

#include <QFile>
#include <QRegularExpression>
#include <QStringList>

namespace flow {

namespace {

constexpr qint64 maxBytes = 1024 * 1024;

/// The text between double quotes, or nothing when the closing quote is missing or more follows it than a comment.
std::optional<QString> doubleQuoted(const QString &raw)
{
    QString value;
    for (qsizetype at = 1; at < raw.size(); ++at) {
        const QChar c = raw[at];
        if (c == u'"') {
            const QString rest = raw.mid(at + 1).trimmed();
            return rest.isEmpty() || rest.startsWith(u'#') ? std::optional(value) : std::nullopt;
        }
        if (c != u'\\' || at + 1 == raw.size()) {
            value += c;
            continue;
        }
        const QChar escaped = raw[++at];
        if (escaped == u'n')
            value += u'\n';
        else if (escaped == u't')
            value += u'\t';
        else
            value += escaped;
    }
    return std::nullopt;
}

std::optional<QString> singleQuoted(const QString &raw)
{
    const qsizetype end = raw.indexOf(u'\'', 1);
    if (end < 0)
        return std::nullopt;
    const QString rest = raw.mid(end + 1).trimmed();
    return rest.isEmpty() || rest.startsWith(u'#') ? std::optional(raw.mid(1, end - 1)) : std::nullopt;
}

std::optional<QString> readValue(const QString &raw)
{
    if (raw.startsWith(u'"'))
        return doubleQuoted(raw);
    if (raw.startsWith(u'\''))
        return singleQuoted(raw);
    // A comment needs a space before its #, so that URLs with fragments stay whole.
    static const QRegularExpression comment(QStringLiteral("(^|\\s)#.*$"));
    return QString(raw).remove(comment).trimmed();
}

} // namespace

Result<EnvFile> parseEnvFile(const QByteArray &text, const QString &fileName)
{
    static const QRegularExpression assignment(
        QStringLiteral("^(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*)$"));
    EnvFile values;
    int number = 0;
    for (const QString &rawLine : QString::fromUtf8(text).split(u'\n')) {
        ++number;
        const QString line = rawLine.trimmed();
        if (line.isEmpty() || line.startsWith(u'#'))
            continue;
        const QRegularExpressionMatch match = assignment.match(line);
        const std::optional<QString> value = match.hasMatch() ? readValue(match.captured(2)) : std::nullopt;
        if (!value)
            return Error{.code = ErrorCode::Syntax,
                         .reason = match.hasMatch() ? QStringLiteral("the value's quotes are not closed properly")
                                                    : QStringLiteral("expected NAME=value, a comment or an empty line"),
                         .path = match.hasMatch() ? FieldPath(match.captured(1)) : FieldPath(),
                         .file = fileName,
                         .line = number};
        values.insert(match.captured(1), *value);
    }
    return values;
}

Result<EnvFile> loadEnvFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{.code = ErrorCode::Io,
                     .reason = QStringLiteral("cannot be read: %1").arg(file.errorString()),
                     .file = path};
    const QByteArray text = file.read(maxBytes + 1);
    if (text.size() > maxBytes)
        return Error{.code = ErrorCode::TooLarge, .reason = QStringLiteral("is larger than 1 MiB"), .file = path};
    return parseEnvFile(text, path);
}

} // namespace flow
