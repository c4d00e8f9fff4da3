// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/failure.h"
#include "expression/token.h"

#include <QCoreApplication>

namespace flow::cel {

/// Cuts an expression into tokens, one at a time. `text` must outlive the lexer and its tokens.
class Lexer
{
    Q_DECLARE_TR_FUNCTIONS(Expression)

public:
    explicit Lexer(QStringView text, qsizetype start = 0)
        : m_text(text)
        , m_position(start)
    {
    }

    /// The next token, End at the end; nothing when there is something that is no token: see failure().
    std::optional<Token> next();
    const Failure &failure() const { return m_failure; }

    /// The failure is a text that goes on to the end.
    bool isUnclosed() const { return m_isUnclosed; }

private:
    void skipBlank();
    std::optional<Token> fail(qsizetype offset, const QString &reason);
    std::optional<Token> takeName();
    std::optional<Token> takeQuotedName();
    std::optional<Token> takeNumber();
    std::optional<Token> takeString(qsizetype prefix);
    std::optional<Token> takeSymbol();
    qsizetype stringPrefix() const;
    qsizetype skipDigits(qsizetype from) const;
    char16_t at(qsizetype position) const { return position < m_text.size() ? m_text[position].unicode() : u'\0'; }
    Token token(TokenKind kind, qsizetype end);

    QStringView m_text;
    bool m_isUnclosed = false; ///< the last text had no end
    qsizetype m_position;
    Failure m_failure;
};

} // namespace flow::cel
