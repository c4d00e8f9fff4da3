// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sample_context.h"

#include <QTest>

#include <span>

namespace flow {

/// One row of a table: an expression and its value, or its error, in words.
struct ExpressionRow
{
    const char *text;
    const char *outcome;
};

inline void addRows(std::span<const ExpressionRow> rows)
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("outcome");
    for (const ExpressionRow &row : rows)
        QTest::newRow(row.text) << QString::fromUtf8(row.text) << QString::fromUtf8(row.outcome);
}

/// The outcome of an expression over the sample context, compiled with the names of its variables.
inline QString outcomeOf(const QString &text)
{
    const Expression::Variables context = sampleContext();
    const auto expression = Expression::compile(text, context.keys());
    return expression ? inWords(expression->evaluateValue(context)) : expression.error().reason;
}

/// Whether compile() already refuses it.
inline bool isRefused(const QString &text)
{
    return !Expression::compile(text, sampleContext().keys());
}

} // namespace flow
