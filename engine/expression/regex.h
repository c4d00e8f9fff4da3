// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/limits.h"

#include <QString>

#include <memory>
#include <variant>

namespace re2 {
class RE2;
}

namespace flow::cel {

/// Regular expressions in RE2's syntax: matching takes time in proportion to the text and to the pattern's size.
using Pattern = std::shared_ptr<const re2::RE2>;

/// The pattern, or why it is none; of `limits` those of patterns count.
std::variant<Pattern, QString> compilePattern(const QString &text, const ExpressionLimits &limits);
/// The instructions of the program that finds the pattern.
qint64 sizeOf(const re2::RE2 &pattern);
/// Steps that looking for it in so many characters may take: each may cost a look at each instruction.
qint64 costOfFinding(const re2::RE2 &pattern, qsizetype characters);
/// Whether the pattern is found anywhere in the text.
bool isFound(const re2::RE2 &pattern, const QString &text);

} // namespace flow::cel
