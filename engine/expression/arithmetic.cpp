// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/arithmetic.h"

#include "expression/time_text.h"

#include <cmath>

namespace flow::cel {

namespace {

using Outcome = std::variant<Value, ArithmeticProblem>;
using Instant = Value::Instant;
using Span = Value::Span;

// Both int or both uint; the compiler's checked arithmetic works for either.
template <typename T>
Outcome calculateWhole(Operator op, T left, T right, ArithmeticProblem outOfRange)
{
    T result = 0;
    bool overflows = false;
    switch (op) {
    case Operator::Add:
        overflows = __builtin_add_overflow(left, right, &result);
        break;
    case Operator::Subtract:
        overflows = __builtin_sub_overflow(left, right, &result);
        break;
    case Operator::Multiply:
        overflows = __builtin_mul_overflow(left, right, &result);
        break;
    case Operator::Divide:
    case Operator::Modulo:
        if (right == 0)
            return ArithmeticProblem::DividedByZero;
        if (std::is_signed_v<T> && left == std::numeric_limits<T>::min() && right == T(-1))
            return outOfRange;
        result = op == Operator::Divide ? left / right : left % right;
        break;
    default:
        return ArithmeticProblem::WrongTypes;
    }
    return overflows ? Outcome(outOfRange) : Outcome(Value(result));
}

Outcome calculateDouble(Operator op, double left, double right)
{
    switch (op) {
    case Operator::Add:
        return Value(left + right);
    case Operator::Subtract:
        return Value(left - right);
    case Operator::Multiply:
        return Value(left * right);
    case Operator::Divide:
        return Value(left / right);
    default:
        return ArithmeticProblem::WrongTypes;
    }
}

Outcome moved(Instant instant, Span span, bool back)
{
    // Nanoseconds and seconds apart, so that nothing overflows.
    const qint64 sign = back ? -1 : 1;
    qint64 nanos = instant.nanos + sign * (span.nanos % nanosPerSecond);
    qint64 seconds = instant.seconds + sign * (span.nanos / nanosPerSecond);
    if (nanos < 0) {
        nanos += nanosPerSecond;
        --seconds;
    } else if (nanos >= nanosPerSecond) {
        nanos -= nanosPerSecond;
        ++seconds;
    }
    if (seconds < leastSecond || seconds > mostSecond)
        return ArithmeticProblem::TimestampRange;
    return Value(Instant{seconds, qint32(nanos)});
}

Outcome difference(Instant left, Instant right)
{
    qint64 nanos = 0;
    if (__builtin_mul_overflow(left.seconds - right.seconds, nanosPerSecond, &nanos) ||
        __builtin_add_overflow(nanos, qint64(left.nanos) - right.nanos, &nanos))
        return ArithmeticProblem::DurationRange;
    return Value(Span{nanos});
}

Outcome calculateSpans(Operator op, Span left, Span right)
{
    if (op != Operator::Add && op != Operator::Subtract)
        return ArithmeticProblem::WrongTypes;
    auto result = calculateWhole(op, left.nanos, right.nanos, ArithmeticProblem::DurationRange);
    if (const Value *sum = std::get_if<Value>(&result))
        return Value(Span{*sum->get<qint64>()});
    return result;
}

Outcome calculateTimes(Operator op, const Value &left, const Value &right)
{
    const auto *leftInstant = left.get<Instant>();
    const auto *rightInstant = right.get<Instant>();
    const auto *leftSpan = left.get<Span>();
    const auto *rightSpan = right.get<Span>();
    if (leftSpan && rightSpan)
        return calculateSpans(op, *leftSpan, *rightSpan);
    if (leftInstant && rightSpan && (op == Operator::Add || op == Operator::Subtract))
        return moved(*leftInstant, *rightSpan, op == Operator::Subtract);
    if (leftSpan && rightInstant && op == Operator::Add)
        return moved(*rightInstant, *leftSpan, false);
    if (leftInstant && rightInstant && op == Operator::Subtract)
        return difference(*leftInstant, *rightInstant);
    return ArithmeticProblem::WrongTypes;
}

} // namespace

Outcome calculate(Operator op, const Value &left, const Value &right)
{
    const auto *leftInt = left.get<qint64>();
    const auto *rightInt = right.get<qint64>();
    if (leftInt && rightInt)
        return calculateWhole(op, *leftInt, *rightInt, ArithmeticProblem::IntRange);
    const auto *leftDouble = left.get<double>();
    const auto *rightDouble = right.get<double>();
    if ((leftInt || leftDouble) && (rightInt || rightDouble))
        return calculateDouble(op, leftDouble ? *leftDouble : double(*leftInt),
                               rightDouble ? *rightDouble : double(*rightInt));
    const auto *leftUint = left.get<quint64>();
    const auto *rightUint = right.get<quint64>();
    if (leftUint && rightUint)
        return calculateWhole(op, *leftUint, *rightUint, ArithmeticProblem::UintRange);
    return calculateTimes(op, left, right);
}

Outcome negate(const Value &value)
{
    if (const auto *number = value.get<qint64>())
        return calculateWhole(Operator::Subtract, qint64(0), *number, ArithmeticProblem::IntRange);
    if (const auto *number = value.get<double>())
        return Value(-*number);
    return ArithmeticProblem::WrongTypes;
}

} // namespace flow::cel
