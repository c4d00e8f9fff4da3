// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/regex.h"

#include <QCoreApplication>

#include <re2/re2.h>

namespace flow::cel {

namespace {

// Bounds what a pattern such as (a{900}){900} may cost.
constexpr int64_t mostMemory = 1 << 20;

} // namespace

std::variant<Pattern, QString> compilePattern(const QString &text, qsizetype mostCharacters)
{
    if (text.size() > mostCharacters) {
        return QCoreApplication::translate("Expression", "the pattern is longer than %1 characters")
            .arg(mostCharacters);
    }
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(mostMemory);
    const QByteArray bytes = text.toUtf8();
    auto pattern = std::make_shared<const re2::RE2>(re2::StringPiece(bytes.constData(), size_t(bytes.size())), options);
    if (!pattern->ok()) {
        return QCoreApplication::translate("Expression", "the pattern cannot be read: %1")
            .arg(QString::fromStdString(pattern->error()));
    }
    return pattern;
}

bool isFound(const re2::RE2 &pattern, const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    return re2::RE2::PartialMatch(re2::StringPiece(bytes.constData(), size_t(bytes.size())), pattern);
}

} // namespace flow::cel
