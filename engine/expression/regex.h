// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <memory>
#include <variant>

namespace re2 {
class RE2;
}

namespace flow::cel {

/// Regular expressions in RE2's syntax: matching takes time in proportion to the text, whatever the pattern.
using Pattern = std::shared_ptr<const re2::RE2>;

/// The pattern, or why it is none.
std::variant<Pattern, QString> compilePattern(const QString &text, qsizetype mostCharacters);
/// Whether the pattern is found anywhere in the text.
bool isFound(const re2::RE2 &pattern, const QString &text);

} // namespace flow::cel
