// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"

#include "expression/expression.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace flow;

namespace {

Expression::Variables variables()
{
    QJsonObject rows;
    for (int number = 0; number < 20; ++number)
        rows.insert(QStringLiteral("field %1").arg(number), number);
    rows.insert(QStringLiteral("count"), 42);
    rows.insert(QStringLiteral("region"), QStringLiteral("north"));
    return {{QStringLiteral("input"), QJsonObject{{QStringLiteral("limit"), 10}}},
            {QStringLiteral("tasks"),
             QJsonObject{{QStringLiteral("load"), QJsonObject{{QStringLiteral("status"), QStringLiteral("success")},
                                                              {QStringLiteral("data"), rows},
                                                              {QStringLiteral("error"), QJsonValue::Null}}}}}};
}

void measure(const char *name, const QString &text, double wanted)
{
    const Result<Expression> expression = Expression::compile(text, {QStringLiteral("input"), QStringLiteral("tasks")});
    if (!expression)
        qFatal("%s", qPrintable(expression.error().text()));
    const Expression::Variables values = variables();
    constexpr int times = 200'000;
    double best = 1e300;
    for (int round = 0; round < 5; ++round) {
        best = std::min(best, bench::seconds([&] {
                            for (int time = 0; time < times; ++time) {
                                if (!expression->evaluateBool(values).value())
                                    qFatal("not what it should be");
                            }
                        }));
    }
    bench::line(name, times / best, wanted, "/s"); // the floor is what is wanted
}

} // namespace

int main()
{
    bench::header();
    measure("condition: a number of a result", QStringLiteral("tasks.load.data.count > input.limit"), 500'000);
    measure("condition: status, number and text",
            QStringLiteral("tasks.load.status == 'success' && tasks.load.data.count > input.limit &&"
                           " tasks.load.data.region in ['north', 'south']"),
            500'000);
    return 0;
}
