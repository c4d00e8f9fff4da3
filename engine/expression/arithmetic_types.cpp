// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/arithmetic.h"

#include <QCoreApplication>

#include <array>

namespace flow::cel {

namespace {

struct Rule
{
    Operator op;
    TypeSet left;
    TypeSet right;
    TypeSet result;
};

using enum ValueType;

constexpr std::array<Rule, 27> rules = {{
    {Operator::Add, Int, Int, Int},
    {Operator::Add, Uint, Uint, Uint},
    {Operator::Add, Double, Int | Double, Double},
    {Operator::Add, Int, Double, Double},
    {Operator::Add, String, String, String},
    {Operator::Add, Bytes, Bytes, Bytes},
    {Operator::Add, List, List, List},
    {Operator::Add, Moment, Duration, Moment},
    {Operator::Add, Duration, Moment, Moment},
    {Operator::Add, Duration, Duration, Duration},
    {Operator::Subtract, Int, Int, Int},
    {Operator::Subtract, Uint, Uint, Uint},
    {Operator::Subtract, Double, Int | Double, Double},
    {Operator::Subtract, Int, Double, Double},
    {Operator::Subtract, Moment, Moment, Duration},
    {Operator::Subtract, Moment, Duration, Moment},
    {Operator::Subtract, Duration, Duration, Duration},
    {Operator::Multiply, Int, Int, Int},
    {Operator::Multiply, Uint, Uint, Uint},
    {Operator::Multiply, Double, Int | Double, Double},
    {Operator::Multiply, Int, Double, Double},
    {Operator::Divide, Int, Int, Int},
    {Operator::Divide, Uint, Uint, Uint},
    {Operator::Divide, Double, Int | Double, Double},
    {Operator::Divide, Int, Double, Double},
    {Operator::Modulo, Int, Int, Int},
    {Operator::Modulo, Uint, Uint, Uint},
}};

constexpr std::array<QLatin1String, 11> symbols = {QLatin1String("+"),  QLatin1String("-"), QLatin1String("*"),
                                                   QLatin1String("/"),  QLatin1String("%"), QLatin1String("=="),
                                                   QLatin1String("!="), QLatin1String("<"), QLatin1String("<="),
                                                   QLatin1String(">"),  QLatin1String(">=")};

} // namespace

QString symbolOf(Operator op)
{
    return symbols[size_t(op)];
}

QString textOf(ArithmeticProblem problem, Operator op, const QString &left, const QString &right)
{
    switch (problem) {
    case ArithmeticProblem::WrongTypes:
        return QCoreApplication::translate("Expression", "%1 does not work with %2 and %3")
            .arg(symbolOf(op), left, right);
    case ArithmeticProblem::IntRange:
        return QCoreApplication::translate("Expression", "the result of %1 does not fit an int").arg(symbolOf(op));
    case ArithmeticProblem::UintRange:
        return QCoreApplication::translate("Expression", "the result of %1 does not fit a uint").arg(symbolOf(op));
    case ArithmeticProblem::TimestampRange:
        return QCoreApplication::translate("Expression", "the timestamp is outside the years 1 to 9999");
    case ArithmeticProblem::DurationRange:
        return QCoreApplication::translate("Expression", "the duration is longer than 292 years");
    case ArithmeticProblem::DividedByZero:
        return QCoreApplication::translate("Expression", "division by zero");
    }
    Q_UNREACHABLE();
}

TypeSet resultOf(Operator op, TypeSet left, TypeSet right)
{
    TypeSet result;
    for (const Rule &rule : rules) {
        if (rule.op == op && rule.left.meets(left) && rule.right.meets(right))
            result = result | rule.result;
    }
    return result;
}

} // namespace flow::cel
