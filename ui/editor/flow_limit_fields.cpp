// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/flow_limit_fields.h"

#include "model/flow_limits.h"

#include <QCoreApplication>

namespace flow {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("FlowLimitFields", text);
}

const QString limitKey = QStringLiteral("concurrency.limit");
const QString whenBusyKey = QStringLiteral("concurrency.when_busy");
constexpr WhenBusy allWays[] = {WhenBusy::Queue, WhenBusy::Skip, WhenBusy::CancelOldest};

QString wordsOf(WhenBusy way)
{
    switch (way) {
    case WhenBusy::Queue:
        return tr("A further run waits for its turn");
    case WhenBusy::Skip:
        return tr("A further run is skipped");
    case WhenBusy::CancelOldest:
        break;
    }
    return tr("The oldest run is stopped");
}

} // namespace

QList<FieldSpec> flowLimitFields()
{
    FieldSpec limit = fieldSpec(limitKey, {{QStringLiteral("type"), QStringLiteral("integer")},
                                           {QStringLiteral("title"), tr("Runs at once")},
                                           {QStringLiteral("description"), tr("How many runs of this flow may go on at "
                                                                              "the same time.")},
                                           {QStringLiteral("minimum"), 1},
                                           {QStringLiteral("maximum"), limits::concurrency}});
    limit.placeholder = tr("no limit");
    QJsonArray words;
    for (const WhenBusy way : allWays)
        words.append(wordsOf(way));
    return {limit,
            fieldSpec(whenBusyKey,
                      {{QStringLiteral("enum"), words}, {QStringLiteral("title"), tr("When as many run already")}},
                      true)};
}

QJsonObject flowLimitValues(const Flow &flow)
{
    QJsonObject values{{whenBusyKey, wordsOf(flow.concurrency.value_or(Concurrency()).whenBusy)}};
    if (flow.concurrency)
        values.insert(limitKey, flow.concurrency->limit);
    return values;
}

bool applyFlowLimit(Flow *flow, const QString &key, const QJsonValue &value)
{
    if (key == limitKey && !value.isDouble()) {
        flow->concurrency.reset();
    } else if (key == limitKey) {
        Concurrency concurrency = flow->concurrency.value_or(Concurrency());
        concurrency.limit = value.toInt();
        flow->concurrency = concurrency;
    } else if (key == whenBusyKey) {
        for (const WhenBusy way : allWays) {
            if (flow->concurrency && value.toString() == wordsOf(way))
                flow->concurrency->whenBusy = way;
        }
    } else {
        return false;
    }
    return true;
}

} // namespace flow
