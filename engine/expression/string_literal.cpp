// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/string_literal.h"

#include <QCoreApplication>

namespace flow::cel {

namespace {

/// As the language has it, a text is the same whatever system its line ends come from; escapes stay as they are.
QString withPlainLineEnds(QStringView source)
{
    QString text = source.toString();
    return text.replace(QStringLiteral("\r\n"), QStringLiteral("\n")).replace(u'\r', u'\n');
}

bool isDigitOf(QChar c, char16_t base)
{
    const char16_t lower = c.unicode() | 0x20;
    return base == 8 ? c >= u'0' && c <= u'7' : (c >= u'0' && c <= u'9') || (lower >= u'a' && lower <= u'f');
}

// Walks over a literal once; bytes collect UTF-8, strings collect code points.
class Decoder
{
    Q_DECLARE_TR_FUNCTIONS(Expression)

public:
    Decoder(QStringView body, bool isBytes)
        : m_body(body)
        , m_isBytes(isBytes)
    {
    }

    bool run()
    {
        while (m_position < m_body.size()) {
            const qsizetype escape = m_body.indexOf(u'\\', m_position);
            const qsizetype end = escape < 0 ? m_body.size() : escape;
            appendPlain(withPlainLineEnds(m_body.sliced(m_position, end - m_position)));
            m_position = end;
            if (escape >= 0 && !takeEscape())
                return false;
        }
        return true;
    }

    Value value() const { return m_isBytes ? Value(m_bytes) : Value(m_text); }
    qsizetype failedAt() const { return m_failedAt; }
    QString reason() const { return m_reason; }

private:
    void appendPlain(QStringView piece)
    {
        if (m_isBytes)
            m_bytes += piece.toUtf8();
        else
            m_text += piece;
    }

    bool fail(const QString &reason)
    {
        m_reason = reason;
        return false;
    }

    bool takeEscape()
    {
        m_failedAt = m_position;
        ++m_position;
        if (m_position >= m_body.size())
            return fail(tr("a backslash needs a character behind it"));
        const char16_t letter = m_body[m_position].unicode();
        static constexpr QStringView letters = u"\\?\"'`abfnrtv";
        static constexpr QStringView meanings = u"\\?\"'`\a\b\f\n\r\t\v";
        if (const qsizetype known = letters.indexOf(letter); known >= 0) {
            ++m_position;
            appendPlain(meanings.sliced(known, 1));
            return true;
        }
        if (letter >= u'0' && letter <= u'3')
            return takeCode(3, 8);
        ++m_position;
        if (letter == u'x' || letter == u'X')
            return takeCode(2, 16);
        if ((letter == u'u' || letter == u'U') && !m_isBytes)
            return takeUnicode(letter == u'u' ? 4 : 8);
        return fail(tr("\\%1 is no escape; for a backslash itself write \\\\").arg(QChar(letter)));
    }

    bool takeDigits(int count, char16_t base, char32_t *code)
    {
        const QStringView digits = m_body.sliced(m_position, std::min<qsizetype>(count, m_body.size() - m_position));
        // Told by each character, because numbers are read with a `0x` before them, too.
        const bool isNumber = std::all_of(digits.begin(), digits.end(), [base](QChar c) { return isDigitOf(c, base); });
        *code = digits.toString().toUInt(nullptr, base);
        if (!isNumber || digits.size() != count)
            return fail(base == 8 ? tr("this escape needs three digits from 000 to 377")
                                  : tr("this escape needs %1 hexadecimal digits").arg(count));
        m_position += count;
        return true;
    }

    bool takeCode(int count, char16_t base)
    {
        char32_t code = 0;
        if (!takeDigits(count, base, &code))
            return false;
        if (m_isBytes)
            m_bytes += char(code);
        else
            m_text += QChar(char16_t(code));
        return true;
    }

    bool takeUnicode(int count)
    {
        char32_t code = 0;
        if (!takeDigits(count, 16, &code))
            return false;
        if (code > 0x10ffff)
            return fail(tr("there is no character with this number"));
        if (QChar::isSurrogate(code))
            return fail(tr("half a surrogate pair is no character; write \\U and the character's eight digits"));
        m_text += QChar::fromUcs4(code);
        return true;
    }

    QStringView m_body;
    bool m_isBytes;
    qsizetype m_position = 0;
    qsizetype m_failedAt = 0;
    QString m_reason;
    QString m_text = QStringLiteral("");
    QByteArray m_bytes = QByteArrayLiteral("");
};

} // namespace

std::variant<Value, Failure> decodeString(QStringView body, bool isBytes, bool isRaw, qsizetype offset)
{
    if (isRaw)
        return isBytes ? Value(withPlainLineEnds(body).toUtf8()) : Value(withPlainLineEnds(body));
    Decoder decoder(body, isBytes);
    if (!decoder.run())
        return Failure{offset + decoder.failedAt(), decoder.reason()};
    return decoder.value();
}

} // namespace flow::cel
