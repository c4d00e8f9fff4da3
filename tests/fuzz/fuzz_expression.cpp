// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/template.h"

#include <QJsonArray>

#include <cstdint>
#include <cstdlib>

using namespace flow;

namespace {

const Expression::Variables &variables()
{
    static const Expression::Variables all{
        {QStringLiteral("a"), 1},
        {QStringLiteral("b"), QStringLiteral("text")},
        {QStringLiteral("c"), QJsonArray{1, 2.5, true, QJsonValue(), QJsonObject{{QStringLiteral("k"), 3}}}},
        {QStringLiteral("input"), QJsonObject{{QStringLiteral("x"), -7}, {QStringLiteral("list"), QJsonArray{}}}}};
    return all;
}

/// Ends, and the same way each time; a failure says why.
template <typename Evaluate>
void settles(const Evaluate &evaluate)
{
    const auto first = evaluate();
    const auto second = evaluate();
    if (bool(first) != bool(second) || (!first && first.error().text().isEmpty()))
        std::abort();
}

} // namespace

/// Any text as an expression and as a text with expressions in it: compiling and evaluating never crashes and ends.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size));
    const Result<Expression> expression = Expression::compile(text, variables().keys());
    if (expression) {
        // Values of the clock may differ, so only the kind of end is compared.
        settles([&] { return expression->evaluate(variables()); });
        if (expression->text() != text)
            std::abort();
    } else if (expression.error().text().isEmpty()) {
        std::abort();
    }
    const Result<Template> templated = Template::compile(QJsonObject{{QStringLiteral("field"), text}});
    if (templated)
        settles([&] { return templated->expand(variables()); });
    return 0;
}
