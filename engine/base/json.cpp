// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"

#include "base/json_builder.h"
#include "base/json_lines.h"
#include "base/json_writer.h"

#include <algorithm>

namespace flow::json {

namespace {

QString sizeText(qsizetype bytes)
{
    constexpr qsizetype mebi = 1024 * 1024;
    return bytes % mebi == 0 ? QStringLiteral("%1 MiB").arg(bytes / mebi) : QStringLiteral("%1 bytes").arg(bytes);
}

/// `rest` is the text from where the scanner stopped.
QString reasonOf(rapidjson::ParseErrorCode code, QByteArrayView rest)
{
    const bool atControl = !rest.isEmpty() && static_cast<unsigned char>(rest.front()) < 0x20;
    switch (code) {
    case rapidjson::kParseErrorDocumentEmpty:
        return QStringLiteral("there is no JSON here, the text is empty");
    case rapidjson::kParseErrorDocumentRootNotSingular:
        return QStringLiteral("there is more text after the end of the JSON value");
    case rapidjson::kParseErrorObjectMissName:
        return QStringLiteral("expected a key in double quotes");
    case rapidjson::kParseErrorObjectMissColon:
        return QStringLiteral("expected a colon after the key");
    case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket:
        return QStringLiteral("expected a comma or }");
    case rapidjson::kParseErrorArrayMissCommaOrSquareBracket:
        return QStringLiteral("expected a comma or ]");
    case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex:
        return QStringLiteral("expected four hexadecimal digits after \\u");
    case rapidjson::kParseErrorStringUnicodeSurrogateInvalid:
        return QStringLiteral("text holds half of a \\u surrogate pair");
    case rapidjson::kParseErrorStringEscapeInvalid:
    case rapidjson::kParseErrorStringMissQuotationMark:
        if (atControl)
            return QStringLiteral("text in double quotes holds a raw line break or control character");
        return code == rapidjson::kParseErrorStringEscapeInvalid ? QStringLiteral("unknown escape after a backslash")
                                                                 : QStringLiteral("text in double quotes does not end");
    case rapidjson::kParseErrorStringInvalidEncoding:
        return QStringLiteral("text is not valid UTF-8");
    case rapidjson::kParseErrorNumberMissFraction:
        return QStringLiteral("expected a digit after the decimal point");
    case rapidjson::kParseErrorNumberMissExponent:
        return QStringLiteral("expected a digit in the exponent");
    default:
        return QStringLiteral("expected a value");
    }
}

Error syntaxError(QByteArrayView text, rapidjson::ParseErrorCode code, qsizetype offset)
{
    offset = std::min(offset, text.size());
    const bool tooBig = code == rapidjson::kParseErrorNumberTooBig;
    const qsizetype lineStart = text.first(offset).lastIndexOf('\n') + 1;
    const qsizetype column = QString::fromUtf8(text.sliced(lineStart, offset - lineStart)).size() + 1;
    return {.code = tooBig ? ErrorCode::OutOfRange : ErrorCode::Syntax,
            .reason = QStringLiteral("%1 (column %2)")
                          .arg(tooBig ? QStringLiteral("number is too large") : reasonOf(code, text.sliced(offset)))
                          .arg(column),
            .line = lineAt(text, offset)};
}

/// Puts lines into errors; one pass over the text for all of them.
QList<Error> withLines(QByteArrayView text, std::vector<Builder::Failure> failures)
{
    std::sort(failures.begin(), failures.end(), [](const auto &a, const auto &b) { return a.offset < b.offset; });
    QList<Error> errors;
    qsizetype seen = 0;
    int line = 1;
    for (Builder::Failure &failure : failures) {
        const qsizetype offset = std::min(failure.offset, text.size());
        line += int(std::count(text.begin() + seen, text.begin() + offset, '\n'));
        seen = offset;
        failure.error.line = line;
        errors << failure.error;
    }
    return errors;
}

} // namespace

Parsed parse(const QByteArray &bytes, const Limits &limits)
{
    Parsed parsed{QJsonValue::Undefined, {}};
    if (bytes.size() > limits.bytes) {
        const QString reason = QStringLiteral("is larger than %1").arg(sizeText(limits.bytes));
        parsed.errors << Error{.code = ErrorCode::TooLarge, .reason = reason};
        return parsed;
    }
    const QByteArrayView text = withoutMark(bytes);
    ScanStream stream(text.data(), size_t(text.size()));
    Builder builder(stream, limits.depth);
    const rapidjson::ParseResult result = scan(stream, builder);

    std::vector<Builder::Failure> failures = builder.duplicates();
    if (builder.failure()) {
        failures.push_back(*builder.failure());
    } else if (result.IsError()) {
        parsed.errors << syntaxError(text, result.Code(), qsizetype(result.Offset()));
    } else if (qsizetype(stream.Tell()) != text.size()) { // a zero byte ends the scan early
        parsed.errors << syntaxError(text, rapidjson::kParseErrorDocumentRootNotSingular, qsizetype(stream.Tell()));
    } else {
        parsed.value = builder.value();
    }
    parsed.errors = withLines(text, failures) + parsed.errors;
    return parsed;
}

QByteArray write(const QJsonValue &value)
{
    JsonWriter writer(JsonWriter::Style::Indented);
    writer.value(value);
    return writer.take();
}

QByteArray writeCompact(const QJsonValue &value)
{
    JsonWriter writer(JsonWriter::Style::Compact);
    writer.value(value);
    return writer.take();
}

QString excerpt(const QJsonValue &value)
{
    constexpr qsizetype most = 60;
    JsonWriter writer(JsonWriter::Style::Compact);
    writer.stopAfter(most * 4); // bytes; a character has at most four
    writer.value(value);
    const QString text = QString::fromUtf8(writer.take());
    if (text.size() <= most)
        return text;
    const bool splitsPair = text.at(most - 2).isHighSurrogate();
    return text.left(most - (splitsPair ? 2 : 1)) + u'…';
}

} // namespace flow::json
