// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/condition_evaluator.h"

#include "expression/expression.h"

#include <QCoreApplication>
#include <QHash>

#include <vector>

namespace flow {

namespace {

/// One condition, ready to be asked; the rest of it stands in the flow.
struct Question
{
    qsizetype next = -1;                    ///< the one that is asked after it; -1: none
    std::optional<Result<Expression>> when; ///< nothing: no further question
};

bool fits(Outcome outcome, TaskStatus status)
{
    switch (outcome) {
    case Outcome::Success:
        return status == TaskStatus::Success;
    case Outcome::Failure:
        return status == TaskStatus::Failure;
    case Outcome::Any:
        return true;
    }
    Q_UNREACHABLE();
}

QJsonValue textOrNull(const QString &text)
{
    return text.isNull() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QJsonValue valueOrNull(const QJsonObject &object, QStringView key)
{
    const QJsonValue value = object.value(key);
    return value.isUndefined() ? QJsonValue(QJsonValue::Null) : value;
}

} // namespace

QMap<QString, QJsonValue> variablesOf(const Flow &flow, const DecisionScope &scope)
{
    return {{QStringLiteral("input"), scope.input},
            {QStringLiteral("tasks"), scope.tasks},
            {QStringLiteral("flow"), QJsonObject{{QStringLiteral("id"), flow.id}, {QStringLiteral("name"), flow.name}}},
            {QStringLiteral("execution"), QJsonObject{{QStringLiteral("id"), scope.executionId},
                                                      {QStringLiteral("error"), textOrNull(scope.error)},
                                                      {QStringLiteral("error_task"), textOrNull(scope.errorTask)}}},
            {QStringLiteral("item"), valueOrNull(scope.input, u"item")},
            {QStringLiteral("index"), valueOrNull(scope.input, u"index")}};
}

struct ConditionEvaluator::Compiled
{
    const Flow flow;
    std::vector<Question> questions; ///< by index of the condition
    QHash<QString, qsizetype> first; ///< the condition that is asked first, counted from 1, by source task
    bool readsScope = false;

    Result<bool> matches(qsizetype index, TaskStatus status, const DecisionScope &scope) const
    {
        const Question &question = questions[size_t(index)];
        if (!fits(flow.conditions[index].outcome, status))
            return false;
        if (!question.when)
            return true;
        if (!question.when->ok())
            return question.when->error();
        return (*question.when)->evaluateBool(variablesOf(flow, scope));
    }
};

ConditionEvaluator::ConditionEvaluator(const Flow &flow)
    : m_compiled(new Compiled{flow, std::vector<Question>(size_t(flow.conditions.size())), {}, false})
{
    static const QStringList variables{QStringLiteral("input"),     QStringLiteral("tasks"), QStringLiteral("flow"),
                                       QStringLiteral("execution"), QStringLiteral("item"),  QStringLiteral("index")};
    m_compiled->first.reserve(flow.conditions.size());
    for (qsizetype index = flow.conditions.size() - 1; index >= 0; --index) {
        const Condition &condition = flow.conditions[index];
        Question &question = m_compiled->questions[size_t(index)];
        qsizetype &first = m_compiled->first[condition.sourceTask];
        question.next = std::exchange(first, index + 1) - 1;
        if (condition.when.isEmpty())
            continue;
        question.when = Expression::compile(condition.when, variables);
        m_compiled->readsScope = true;
    }
}

ConditionEvaluator::~ConditionEvaluator() = default;
ConditionEvaluator::ConditionEvaluator(ConditionEvaluator &&) noexcept = default;
ConditionEvaluator &ConditionEvaluator::operator=(ConditionEvaluator &&) noexcept = default;

bool ConditionEvaluator::readsScope() const
{
    return m_compiled->readsScope;
}

Result<Decision> ConditionEvaluator::decide(const QString &taskName, TaskStatus status,
                                            const DecisionScope &scope) const
{
    Q_ASSERT(status == TaskStatus::Success || status == TaskStatus::Failure);
    const qsizetype first = m_compiled->first.value(taskName, 0) - 1;
    for (qsizetype index = first; index >= 0; index = m_compiled->questions[size_t(index)].next) {
        const Condition &condition = m_compiled->flow.conditions[index];
        const Result<bool> matched = m_compiled->matches(index, status, scope);
        if (!matched) {
            Error error = matched.error();
            error.reason = QCoreApplication::translate("ConditionEvaluator",
                                                       "Condition '%1' after task '%2' cannot be decided: %3")
                               .arg(condition.name, taskName, matched.error().text());
            error.path = FieldPath(QStringLiteral("conditions")) / index / QStringLiteral("when");
            error.value = QString();
            return error;
        }
        const QString &target = *matched ? condition.targetTaskSuccess : condition.targetTaskFailure;
        if (*matched || !target.isEmpty())
            return Decision{target, index, *matched};
    }
    return Decision{endTarget, -1, false};
}

} // namespace flow
