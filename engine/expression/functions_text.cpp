// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/evaluation.h"
#include "expression/functions.h"
#include "expression/regex.h"
#include "expression/value_access.h"
#include "expression/value_text.h"

namespace flow::cel {

namespace {

using enum ValueType;

const QString &textOf(const Value &value)
{
    return *value.get<QString>();
}

bool sizeOfAny(Evaluation &run, const Node &, const Value *arguments, Value &result)
{
    const Value &whole = arguments[0];
    if (const auto *text = whole.get<QString>()) {
        run.meter().chargeText(text->size());
        result = Value(qint64(countCodePoints(*text)));
    } else if (const auto *bytes = whole.get<QByteArray>()) {
        result = Value(qint64(bytes->size()));
    } else {
        result = Value(qint64(sizeOf(whole)));
    }
    return true;
}

bool contains(Evaluation &run, const Node &, const Value *arguments, Value &result)
{
    run.meter().chargeText(textOf(arguments[0]).size() + textOf(arguments[1]).size());
    result = Value(textOf(arguments[0]).contains(textOf(arguments[1])));
    return true;
}

bool startsWith(Evaluation &run, const Node &, const Value *arguments, Value &result)
{
    run.meter().chargeText(textOf(arguments[1]).size());
    result = Value(textOf(arguments[0]).startsWith(textOf(arguments[1])));
    return true;
}

bool endsWith(Evaluation &run, const Node &, const Value *arguments, Value &result)
{
    run.meter().chargeText(textOf(arguments[1]).size());
    result = Value(textOf(arguments[0]).endsWith(textOf(arguments[1])));
    return true;
}

// Reading a pattern costs far more than a step.
constexpr qint64 patternCost = 2'000;

bool matches(Evaluation &run, const Node &call, const Value *arguments, Value &result)
{
    Pattern pattern = call.pattern;
    if (!pattern) {
        if (!run.meter().charge(patternCost))
            return true;
        auto compiled = compilePattern(textOf(arguments[1]), run.limits().patternLength);
        if (const QString *problem = std::get_if<QString>(&compiled))
            return run.fail(*call.children[1], *problem);
        pattern = std::get<Pattern>(std::move(compiled));
    }
    // Three characters cost a step: the automaton is slower than a comparison.
    if (run.meter().charge(textOf(arguments[0]).size() / 3))
        result = Value(isFound(*pattern, textOf(arguments[0])));
    return true;
}

constexpr TypeSet sized = String | Bytes | List | Map;

const std::array<Overload, 7> functions = {{
    {QLatin1String("size"), false, 1, {sized}, Int, sizeOfAny},
    {QLatin1String("size"), true, 1, {sized}, Int, sizeOfAny},
    {QLatin1String("contains"), true, 2, {String, String}, Bool, contains},
    {QLatin1String("startsWith"), true, 2, {String, String}, Bool, startsWith},
    {QLatin1String("endsWith"), true, 2, {String, String}, Bool, endsWith},
    {QLatin1String("matches"), true, 2, {String, String}, Bool, matches},
    {QLatin1String("matches"), false, 2, {String, String}, Bool, matches},
}};

} // namespace

std::span<const Overload> textFunctions()
{
    return functions;
}

} // namespace flow::cel
