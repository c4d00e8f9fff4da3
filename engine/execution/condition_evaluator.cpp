// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/condition_evaluator.h"

#include "expression/expression.h"

#include <QCoreApplication>
#include <QHash>

#include <vector>

namespace flow {

namespace {

/// One condition, ready to be asked.
struct Question
{
    qsizetype index = -1;
    QString name;
    Outcome outcome = Outcome::Success;
    QString ifMatched;
    QString ifNot;
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
    Flow flow;                                       ///< its id and name
    QHash<QString, std::vector<Question>> questions; ///< by source task, in the order in which they are asked
    bool readsScope = false;

    Result<bool> matches(const Question &question, TaskStatus status, const DecisionScope &scope) const
    {
        if (!fits(question.outcome, status))
            return false;
        if (!question.when)
            return true;
        if (!question.when->ok())
            return question.when->error();
        return (*question.when)->evaluateBool(variablesOf(flow, scope));
    }
};

ConditionEvaluator::ConditionEvaluator(const Flow &flow)
    : m_compiled(std::make_unique<Compiled>())
{
    static const QStringList variables{QStringLiteral("input"),     QStringLiteral("tasks"), QStringLiteral("flow"),
                                       QStringLiteral("execution"), QStringLiteral("item"),  QStringLiteral("index")};
    m_compiled->flow.id = flow.id;
    m_compiled->flow.name = flow.name;
    for (qsizetype index = 0; index < flow.conditions.size(); ++index) {
        const Condition &condition = flow.conditions[index];
        Question question{
            index, condition.name, condition.outcome, condition.targetTaskSuccess, condition.targetTaskFailure, {}};
        if (!condition.when.isEmpty()) {
            question.when = Expression::compile(condition.when, variables);
            m_compiled->readsScope = true;
        }
        m_compiled->questions[condition.sourceTask].push_back(std::move(question));
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
    const auto questions = m_compiled->questions.constFind(taskName);
    if (questions != m_compiled->questions.constEnd()) {
        for (const Question &question : *questions) {
            const Result<bool> matched = m_compiled->matches(question, status, scope);
            if (!matched) {
                Error error = matched.error();
                error.reason = QCoreApplication::translate("ConditionEvaluator",
                                                           "Condition '%1' after task '%2' cannot be decided: %3")
                                   .arg(question.name, taskName, matched.error().text());
                error.path = FieldPath(QStringLiteral("conditions")) / question.index / QStringLiteral("when");
                error.value = QString();
                return error;
            }
            const QString &target = *matched ? question.ifMatched : question.ifNot;
            if (*matched || !target.isEmpty())
                return Decision{target, question.index, *matched};
        }
    }
    return Decision{endTarget, -1, false};
}

} // namespace flow
