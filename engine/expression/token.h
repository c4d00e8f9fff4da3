// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/value.h"

namespace flow::cel {

enum class TokenKind {
    End,
    Name,       ///< identifier, reserved words included
    QuotedName, ///< `in backquotes`, as a field only
    Int,        ///< without sign and suffix: value is its text
    Uint,
    Double,
    String, ///< value is the decoded text
    Bytes,
    Symbol, ///< an operator or bracket
};

/// A piece of an expression's text.
struct Token
{
    TokenKind kind = TokenKind::End;
    qsizetype start = 0;
    qsizetype end = 0;
    QStringView text = {}; ///< as written; of a quoted name and a number what stands between the decoration
    Value value = {};      ///< of String and Bytes

    bool isSymbol(QStringView symbol) const { return kind == TokenKind::Symbol && text == symbol; }
    bool isWord(QStringView word) const { return kind == TokenKind::Name && text == word; }
};

} // namespace flow::cel
