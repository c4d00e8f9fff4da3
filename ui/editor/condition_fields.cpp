// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/condition_fields.h"

#include "base/json_reader.h"
#include "editor/task_fields.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QSet>

namespace flow {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConditionFields", text);
}

const QString outcomeKey = QStringLiteral("outcome");
const QString whenKey = QStringLiteral("when");
const QString descriptionKey = QStringLiteral("description");

QString outcomeWords(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Success:
        return tr("The task succeeded");
    case Outcome::Failure:
        return tr("The task failed");
    case Outcome::Any:
        break;
    }
    return tr("The task ended, however it went");
}

} // namespace

FieldSpec expressionField()
{
    FieldSpec spec = fieldSpec(whenKey, {{QStringLiteral("type"), QStringLiteral("string")},
                                         {QStringLiteral("x-expression"), true},
                                         {QStringLiteral("title"), tr("And this expression is true")},
                                         {QStringLiteral("description"),
                                          tr("Names: input, tasks.<name>.status, .data, .error, flow, execution.")}});
    spec.placeholder = tr("no further question");
    return spec;
}

QList<FieldSpec> conditionFields()
{
    QJsonArray words;
    for (const Outcome outcome : {Outcome::Success, Outcome::Failure, Outcome::Any})
        words.append(outcomeWords(outcome));
    return {fieldSpec(outcomeKey, {{QStringLiteral("enum"), words}, {QStringLiteral("title"), tr("It matches when")}},
                      true),
            expressionField()};
}

QJsonObject conditionFieldValues(const Condition &condition)
{
    QJsonObject values{{outcomeKey, outcomeWords(condition.outcome)}};
    if (!condition.when.isEmpty())
        values.insert(whenKey, condition.when);
    if (!condition.description.isNull())
        values.insert(descriptionKey, condition.description);
    return values;
}

void applyConditionField(Condition *condition, const QString &key, const QJsonValue &value)
{
    if (key == whenKey) {
        condition->when = value.toString();
    } else if (key == descriptionKey) {
        condition->description = value.isString() ? value.toString() : QString();
    } else if (key == outcomeKey) {
        for (const Outcome outcome : {Outcome::Success, Outcome::Failure, Outcome::Any}) {
            if (value.toString() == outcomeWords(outcome))
                condition->outcome = outcome;
        }
    }
}

Condition newCondition(const Flow &flow, const QString &source, Outcome outcome)
{
    QSet<QString> names;
    for (const Condition &condition : flow.conditions)
        names.insert(condition.name);
    Condition condition;
    const QString base = leftCharacters(source, 80) + u'_' + toString(outcome);
    condition.name = base;
    for (int number = 2; names.contains(condition.name); ++number)
        condition.name = QStringLiteral("%1_%2").arg(base).arg(number);
    condition.sourceTask = source;
    condition.outcome = outcome;
    condition.targetTaskSuccess = endTarget;
    return condition;
}

} // namespace flow
