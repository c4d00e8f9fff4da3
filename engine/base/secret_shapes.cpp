// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/secret_shapes.h"

#include "base/json.h"

#include <QJsonArray>
#include <QUrl>

#include <algorithm>

namespace flow {

namespace {

/// As it stands in JSON, without the quotes.
QString inJson(const QString &text)
{
    return QString::fromUtf8(json::writeCompact(QJsonValue(text)).chopped(1).sliced(1));
}

/// JSON as writers produce that stay within ASCII.
QString inAsciiJson(const QString &text)
{
    QString escaped;
    for (const QChar c : inJson(text)) {
        if (c.unicode() < 0x80)
            escaped += c;
        else
            escaped += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
    }
    return escaped;
}

QString withLowerCaseHex(const QString &percentEncoded)
{
    QString text = percentEncoded;
    for (qsizetype at = text.indexOf(u'%'); at >= 0 && at + 2 < text.size(); at = text.indexOf(u'%', at + 3)) {
        text[at + 1] = text.at(at + 1).toLower();
        text[at + 2] = text.at(at + 2).toLower();
    }
    return text;
}

/// As in a path, as in a form, and as the usual functions of browsers do it.
QStringList percentEncoded(const QString &text)
{
    QStringList shapes;
    for (const char *left : {"", "/", "!'()*", "!'()*;/?:@&=+$,#"}) {
        const QString shape = QString::fromLatin1(QUrl::toPercentEncoding(text, left));
        QString form = shape;
        shapes << shape << form.replace(QStringLiteral("%20"), QStringLiteral("+"));
        shapes << withLowerCaseHex(shape) << withLowerCaseHex(form);
    }
    return shapes;
}

/// Alone, at the end and in the middle of what was encoded ("user:secret" of HTTP's Basic). Each character of base64
/// holds 6 bits, so a text looks in one of three ways, by how many bytes stand before it; the characters that it shares
/// with its neighbours are not part of the shape.
QStringList inBase64(const QByteArray &bytes)
{
    constexpr qsizetype sharedCharacters[] = {0, 2, 3}; // by the bytes before it
    QStringList shapes;
    for (const auto alphabet : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding}) {
        for (qsizetype before = 0; before < 3; ++before) {
            const qsizetype shared = sharedCharacters[before];
            const QByteArray whole = QByteArray(before, '\0') + bytes;
            const QString padded = QString::fromLatin1(whole.toBase64(alphabet));
            const QString bare = QString::fromLatin1(whole.toBase64(alphabet | QByteArray::OmitTrailingEquals));
            shapes << padded.sliced(shared) << bare.sliced(shared);
            shapes << bare.sliced(shared, std::max<qsizetype>(whole.size() * 8 / 6 - shared, 0));
        }
    }
    return shapes;
}

/// As it stands in quotes: of a shell (what `set -x` prints), of Python and JavaScript, and in HTML and XML.
QStringList quoted(const QString &text)
{
    QString inShell = text;
    inShell.replace(u'\'', QStringLiteral("'\\''"));
    QString inScript = inJson(text);
    inScript.replace(QStringLiteral("\\\""), QStringLiteral("\"")).replace(u'\'', QStringLiteral("\\'"));
    const QString inHtml = text.toHtmlEscaped();
    QString inXml = inHtml;
    inXml.replace(u'\'', QStringLiteral("&#39;"));
    return {inShell, inScript, inHtml, inXml};
}

QString withBackslashes(const QString &text, const QString &before)
{
    QString quoted;
    for (const QChar c : text) {
        if (before.contains(c))
            quoted += u'\\';
        quoted += c;
    }
    return quoted;
}

/// With a backslash before all that means something: in double quotes of a shell (`export -p`), and without quotes as
/// bash does it (`printf %q`) and as those do it who know fewer harmless characters.
QStringList withoutSingleQuotes(const QString &text)
{
    const QString inDouble = QStringLiteral("$`\"\\");
    const QString inBash = QStringLiteral(" \t\n'\"\\|&;()<>!{}*[?]^$`,");
    const QString most = inBash + QStringLiteral("#~=%@+:");
    const bool isMarkFirst = text.startsWith(u'#') || text.startsWith(u'~');
    return {withBackslashes(text, inDouble), withBackslashes(text, inDouble + u'!'),
            (isMarkFirst ? QStringLiteral("\\") : QString()) + withBackslashes(text, inBash),
            withBackslashes(text, most)};
}

enum class Escape { Octal, Hex, CodePoint };

/// What is beyond ASCII, or no character to be seen, by its number.
QString byNumber(char32_t c, Escape escape)
{
    if (escape == Escape::CodePoint) {
        if (c < 0x100)
            return QStringLiteral("\\x%1").arg(quint32(c), 2, 16, QLatin1Char('0'));
        return c < 0x10000 ? QStringLiteral("\\u%1").arg(quint32(c), 4, 16, QLatin1Char('0'))
                           : QStringLiteral("\\U%1").arg(quint32(c), 8, 16, QLatin1Char('0'));
    }
    QString bytes;
    for (const char byte : QString::fromUcs4(&c, 1).toUtf8()) {
        bytes += escape == Escape::Octal ? QStringLiteral("\\%1").arg(quint8(byte), 3, 8, QLatin1Char('0'))
                                         : QStringLiteral("\\x%1").arg(quint8(byte), 2, 16, QLatin1Char('0'));
    }
    return bytes;
}

/// As programs write it that stay within ASCII: shells in $'...', git, Python (bytes and ascii()). `quote` is what they
/// put around it, and so before which a backslash stands; null: none.
QString withinAscii(const QString &text, Escape escape, QChar quote)
{
    static const QString named = QStringLiteral("\n\r\t");
    static const QString letters = QStringLiteral("nrt");
    QString written;
    for (const char32_t c : text.toUcs4()) {
        const qsizetype name = c < 0x80 ? named.indexOf(QChar(char16_t(c))) : -1;
        if (name >= 0)
            written += QStringLiteral("\\") + letters.at(name);
        else if (c < 0x20 || c >= 0x7f)
            written += byNumber(c, escape);
        else if (!quote.isNull() && (c == U'\\' || c == quote.unicode()))
            written += QStringLiteral("\\") + QChar(char16_t(c));
        else
            written += QChar(char16_t(c));
    }
    return written;
}

QStringList withinAscii(const QString &text)
{
    QStringList shapes;
    for (const Escape escape : {Escape::Octal, Escape::Hex, Escape::CodePoint}) {
        for (const QChar quote : {QChar(), QChar(u'\''), QChar(u'"')})
            shapes << withinAscii(text, escape, quote);
    }
    return shapes;
}

/// The texts in a JSON value, at any depth.
QStringList textsIn(const QJsonValue &value)
{
    QStringList texts;
    if (value.isString())
        texts << value.toString();
    for (const QJsonValue &item : value.toArray())
        texts += textsIn(item);
    for (const QJsonValue &member : value.toObject())
        texts += textsIn(member);
    return texts;
}

QStringList encodings(const QString &text)
{
    QStringList shapes{text, inJson(text), inAsciiJson(text)};
    shapes << inJson(text).replace(u'/', QStringLiteral("\\/"));
    shapes << inJson(inJson(text)) << quoted(text) << withoutSingleQuotes(text) << withinAscii(text);
    const QString hex = QString::fromLatin1(text.toUtf8().toHex());
    shapes << hex << hex.toUpper();
    shapes << percentEncoded(text) << inBase64(text.toUtf8());
    shapes << inBase64(text.toUtf8() + '\n'); // what `echo "$SECRET" | base64` makes of it
    return shapes;
}

} // namespace

QJsonValue readAsJson(const QString &secret)
{
    const json::Parsed parsed = json::parse(secret.toUtf8());
    if (!parsed.errors.isEmpty() || parsed.value.isString() || parsed.value.isBool() || parsed.value.isNull())
        return QJsonValue::Undefined;
    return parsed.value;
}

QStringList shapesOfSecret(const QString &value)
{
    QStringList shapes = encodings(value);
    if (const QString trimmed = value.trimmed(); trimmed != value)
        shapes += encodings(trimmed);
    for (const QString &line : value.split(u'\n')) {
        if (const QString trimmed = line.trimmed(); trimmed != value)
            shapes << trimmed << inJson(trimmed);
    }
    const QJsonValue asJson = readAsJson(value);
    for (const QString &text : textsIn(asJson))
        shapes << text << inJson(text);
    if (!asJson.isUndefined())
        shapes << QString::fromUtf8(json::writeCompact(asJson));
    shapes.removeDuplicates();
    shapes.removeIf([](const QString &shape) { return shape.size() < leastSecretLength; });
    return shapes;
}

} // namespace flow
