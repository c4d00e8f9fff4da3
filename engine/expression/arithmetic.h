// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/ast.h"

#include <variant>

namespace flow::cel {

/// Why two values cannot be calculated with.
enum class ArithmeticProblem { WrongTypes, IntRange, UintRange, TimestampRange, DurationRange, DividedByZero };

/// + - * / % of numbers, timestamps and durations. An int and a double make a double.
std::variant<Value, ArithmeticProblem> calculate(Operator op, const Value &left, const Value &right);
/// -x
std::variant<Value, ArithmeticProblem> negate(const Value &value);

/// `+`, `<=`
QString symbolOf(Operator op);
QString textOf(ArithmeticProblem problem, Operator op, const QString &left, const QString &right);

/// The types that `op` gives for what its sides may be; empty when it can give nothing.
TypeSet resultOf(Operator op, TypeSet left, TypeSet right);

} // namespace flow::cel
