// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace flow {

/// Bounds of expressions. Beyond each is an error of its own.
struct ExpressionLimits
{
    qsizetype characters = 20'000;    ///< of an expression's text
    int depth = 128;                  ///< levels of brackets, calls, fields and conditionals inside each other
    qint64 cost = 1'000'000;          ///< steps of one evaluation, about a tenth of a second
    qint64 configCost = 5'000'000;    ///< of all expressions in one task's settings together
    qsizetype textLength = 1'000'000; ///< characters or bytes of a text that an expression makes
    qsizetype listLength = 100'000;   ///< items of a list or entries of a map that an expression makes
    qint64 jsonValues = 4'000'000;    ///< values in the JSON that an expression makes of its result, at all depths
    qint64 jsonSize = 64'000'000;     ///< characters of that JSON
    qsizetype patternLength = 1'000;  ///< characters of a regular expression
    qsizetype patternSize = 5'000;    ///< instructions of the program that finds it
};

} // namespace flow
