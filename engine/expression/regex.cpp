// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/regex.h"

#include "expression/value_text.h"

#include <QCoreApplication>

#include <re2/re2.h>

namespace flow::cel {

namespace {

// Bounds what a pattern such as (a{900}){900} may cost before its size is known.
constexpr int64_t mostMemory = 1 << 20;

QString tooLarge()
{
    return QCoreApplication::translate("Expression",
                                       "the pattern is too large; let it repeat less often or know fewer letters");
}

} // namespace

std::variant<Pattern, QString> compilePattern(const QString &text, const ExpressionLimits &limits)
{
    if (text.size() > limits.patternLength) {
        return QCoreApplication::translate("Expression", "the pattern is longer than %1 characters")
            .arg(limits.patternLength);
    }
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(mostMemory);
    const QByteArray bytes = text.toUtf8();
    auto pattern = std::make_shared<const re2::RE2>(re2::StringPiece(bytes.constData(), size_t(bytes.size())), options);
    if (pattern->error_code() == re2::RE2::ErrorPatternTooLarge ||
        (pattern->ok() && sizeOf(*pattern) > limits.patternSize))
        return tooLarge();
    if (!pattern->ok()) {
        return QCoreApplication::translate("Expression", "the pattern cannot be read: %1")
            .arg(excerpt(QString::fromStdString(pattern->error())));
    }
    return pattern;
}

qint64 sizeOf(const re2::RE2 &pattern)
{
    return pattern.ProgramSize();
}

qint64 costOfFinding(const re2::RE2 &pattern, qsizetype characters)
{
    constexpr qint64 atOnce = 32; // of both
    return std::max<qint64>(characters / 3, characters * sizeOf(pattern) / atOnce);
}

bool isFound(const re2::RE2 &pattern, const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    return re2::RE2::PartialMatch(re2::StringPiece(bytes.constData(), size_t(bytes.size())), pattern);
}

} // namespace flow::cel
