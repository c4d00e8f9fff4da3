// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/lexer.h"

#include "expression/string_literal.h"

#include <array>

namespace flow::cel {

namespace {

bool isDigit(char16_t c)
{
    return c >= u'0' && c <= u'9';
}

bool isHexDigit(char16_t c)
{
    return isDigit(c) || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}

bool startsName(char16_t c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_';
}

// Two characters before one, so that `<=` is not read as `<`.
constexpr std::array<QStringView, 24> symbols = {u"==", u"!=", u"<=", u">=", u"&&", u"||", u"<", u">",
                                                 u"+",  u"-",  u"*",  u"/",  u"%",  u"!",  u"?", u":",
                                                 u".",  u",",  u"(",  u")",  u"[",  u"]",  u"{", u"}"};

} // namespace

std::optional<Token> Lexer::next()
{
    skipBlank();
    const char16_t first = at(m_position);
    if (m_position >= m_text.size())
        return token(TokenKind::End, m_position);
    if (const qsizetype prefix = stringPrefix(); prefix >= 0)
        return takeString(prefix);
    if (startsName(first))
        return takeName();
    if (first == u'`')
        return takeQuotedName();
    if (isDigit(first) || (first == u'.' && isDigit(at(m_position + 1))))
        return takeNumber();
    return takeSymbol();
}

void Lexer::skipBlank()
{
    while (m_position < m_text.size()) {
        const char16_t c = at(m_position);
        if (c == u' ' || c == u'\t' || c == u'\n' || c == u'\r' || c == u'\f') {
            ++m_position;
        } else if (c == u'/' && at(m_position + 1) == u'/') {
            const qsizetype end = m_text.indexOf(u'\n', m_position);
            m_position = end < 0 ? m_text.size() : end + 1;
        } else {
            return;
        }
    }
}

Token Lexer::token(TokenKind kind, qsizetype end)
{
    const qsizetype start = m_position;
    m_position = end;
    return Token{.kind = kind, .start = start, .end = end, .text = m_text.sliced(start, end - start)};
}

std::optional<Token> Lexer::fail(qsizetype offset, const QString &reason)
{
    m_failure = Failure{offset, reason};
    return std::nullopt;
}

std::optional<Token> Lexer::takeName()
{
    qsizetype end = m_position;
    while (startsName(at(end)) || isDigit(at(end)))
        ++end;
    return token(TokenKind::Name, end);
}

std::optional<Token> Lexer::takeQuotedName()
{
    const auto mayStand = [](char16_t c) {
        return startsName(c) || isDigit(c) || c == u'.' || c == u'-' || c == u'/' || c == u' ';
    };
    qsizetype end = m_position + 1;
    while (mayStand(at(end)))
        ++end;
    if (end == m_position + 1 || at(end) != u'`')
        return fail(m_position, tr("a name in backquotes takes letters, digits, and _ . - / and space between them"));
    Token name = token(TokenKind::QuotedName, end + 1);
    name.text = name.text.sliced(1, name.text.size() - 2);
    return name;
}

qsizetype Lexer::skipDigits(qsizetype from) const
{
    while (isDigit(at(from)))
        ++from;
    return from;
}

std::optional<Token> Lexer::takeNumber()
{
    qsizetype end = m_position;
    TokenKind kind = TokenKind::Int;
    if (at(end) == u'0' && at(end + 1) == u'x' && isHexDigit(at(end + 2))) {
        end += 2;
        while (isHexDigit(at(end)))
            ++end;
    } else {
        end = skipDigits(end);
        if (at(end) == u'.' && isDigit(at(end + 1))) {
            kind = TokenKind::Double;
            end = skipDigits(end + 1);
        }
        const qsizetype sign = at(end + 1) == u'+' || at(end + 1) == u'-' ? 1 : 0;
        if ((at(end) == u'e' || at(end) == u'E') && isDigit(at(end + 1 + sign))) {
            kind = TokenKind::Double;
            end = skipDigits(end + 1 + sign);
        }
    }
    const bool isUnsigned = kind == TokenKind::Int && (at(end) == u'u' || at(end) == u'U');
    if (!isUnsigned)
        return token(kind, end);
    Token number = token(TokenKind::Uint, end + 1);
    number.text.chop(1);
    return number;
}

// How many letters (r, b, br, rb is not one) stand before a quote here; -1 when this is no string.
qsizetype Lexer::stringPrefix() const
{
    const auto isLetter = [this](qsizetype position, char16_t letter) { return (at(position) | 0x20) == letter; };
    qsizetype letters = 0;
    if (isLetter(m_position, u'b'))
        ++letters;
    if (isLetter(m_position + letters, u'r'))
        ++letters;
    const char16_t quote = at(m_position + letters);
    return quote == u'"' || quote == u'\'' ? letters : -1;
}

std::optional<Token> Lexer::takeString(qsizetype prefix)
{
    const QStringView letters = m_text.sliced(m_position, prefix);
    const bool isRaw = letters.contains(u'r', Qt::CaseInsensitive);
    const bool isBytes = letters.contains(u'b', Qt::CaseInsensitive);
    const char16_t quote = at(m_position + prefix);
    const bool isTriple = at(m_position + prefix + 1) == quote && at(m_position + prefix + 2) == quote;
    const qsizetype width = isTriple ? 3 : 1;
    const qsizetype start = m_position + prefix + width;

    const auto closes = [&](qsizetype i) {
        return at(i) == quote && (!isTriple || (at(i + 1) == quote && at(i + 2) == quote));
    };
    qsizetype end = start;
    while (end < m_text.size() && !closes(end)) {
        if (!isTriple && (at(end) == u'\n' || at(end) == u'\r'))
            return fail(m_position, tr("this text is not closed on its line; three quotes may span lines"));
        end += !isRaw && at(end) == u'\\' && end + 1 < m_text.size() && at(end + 1) != u'\n' && at(end + 1) != u'\r'
                   ? 2
                   : 1;
    }
    m_isUnclosed = end >= m_text.size();
    if (m_isUnclosed)
        return fail(m_position, tr("this text has no closing quote"));

    auto decoded = decodeString(m_text.sliced(start, end - start), isBytes, isRaw, start);
    if (const Failure *failure = std::get_if<Failure>(&decoded))
        return fail(failure->offset, failure->reason);
    Token string = token(isBytes ? TokenKind::Bytes : TokenKind::String, end + width);
    string.value = std::get<Value>(decoded);
    return string;
}

std::optional<Token> Lexer::takeSymbol()
{
    for (QStringView symbol : symbols) {
        if (m_text.sliced(m_position).startsWith(symbol))
            return token(TokenKind::Symbol, m_position + symbol.size());
    }
    const char16_t c = at(m_position);
    if (c == u'=')
        return fail(m_position, tr("to compare write =="));
    if (c == u'&')
        return fail(m_position, tr("\"and\" is written &&"));
    if (c == u'|')
        return fail(m_position, tr("\"or\" is written ||"));
    const qsizetype width = QChar::isHighSurrogate(c) && m_position + 1 < m_text.size() ? 2 : 1;
    return fail(m_position, tr("%1 has no meaning here").arg(m_text.sliced(m_position, width)));
}

} // namespace flow::cel
