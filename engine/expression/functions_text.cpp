// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/evaluation.h"
#include "expression/functions.h"
#include "expression/regex.h"
#include "expression/text_search.h"
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
    if (run.meter().chargeText(textOf(arguments[0]).size() + textOf(arguments[1]).size()))
        result = Value(isPartOf(textOf(arguments[1]), textOf(arguments[0])));
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

// Reading a pattern costs far more than a step, and one that turns out to be too large most of all.
constexpr qint64 patternCost = 2'000;
constexpr qint64 costPerCharacter = 50;
constexpr qint64 costPerInstruction = 4;
constexpr qint64 refusedCost = 100'000;

bool readPattern(Evaluation &run, const Node &call, const QString &text, Pattern *pattern)
{
    const qsizetype length = std::min(text.size(), run.limits().patternLength);
    if (!run.meter().charge(patternCost + length * costPerCharacter))
        return true;
    auto compiled = compilePattern(text, run.limits());
    if (const QString *problem = std::get_if<QString>(&compiled)) {
        return !run.meter().charge(refusedCost) || run.fail(*call.children[1], *problem);
    }
    *pattern = std::get<Pattern>(std::move(compiled));
    run.meter().charge(sizeOf(**pattern) * costPerInstruction);
    return true;
}

bool matches(Evaluation &run, const Node &call, const Value *arguments, Value &result)
{
    Pattern pattern = call.pattern;
    if (!pattern && !readPattern(run, call, textOf(arguments[1]), &pattern))
        return false;
    if (!run.meter().isSpent() && run.meter().charge(costOfFinding(*pattern, textOf(arguments[0]).size())))
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
