// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_rules.h"

/// Rules on single fields: a flow that breaks them could be saved but not read again.
#include "base/json_reader.h"
#include "model/flow_limits.h"

namespace flow::rules {

namespace {

class LengthRule
{
public:
    explicit LengthRule(QList<Issue> *issues)
        : m_issues(issues)
    {
    }

    void check(const Place &place, const QString &text, qint64 least, qint64 most)
    {
        const qint64 length = characterCount(text);
        if (length >= least && length <= most)
            return;
        const QString sentence = length < least ? issueText("The field '%1' is empty.").arg(place.field)
                                                : issueText("The field '%1' has %2 characters; at most %3 are allowed.")
                                                      .arg(place.field)
                                                      .arg(length)
                                                      .arg(most);
        m_issues->append({Severity::Error, QStringLiteral("bad-length"), sentence, place});
    }

private:
    QList<Issue> *m_issues;
};

class NumberRule
{
public:
    explicit NumberRule(QList<Issue> *issues)
        : m_issues(issues)
    {
    }

    /// Bounds included.
    void check(const Place &place, double number, double least, double most)
    {
        if (!(number >= least && number <= most)) {
            report(place,
                   issueText("The field '%1' must be from %2 to %3.").arg(place.field).arg(least).arg(most, 0, 'f', 0));
        }
    }

    void report(const Place &place, const QString &sentence)
    {
        m_issues->append({Severity::Error, QStringLiteral("out-of-range"), sentence, place});
    }

private:
    QList<Issue> *m_issues;
};

} // namespace

void checkTextLengths(const FlowFacts &facts, QList<Issue> *issues)
{
    LengthRule rule(issues);
    const Flow &flow = facts.flow;
    const auto flowPlace = [](const QString &field) { return Place{Place::Kind::Flow, -1, field}; };
    rule.check(flowPlace(QStringLiteral("id")), flow.id, 1, limits::name);
    rule.check(flowPlace(QStringLiteral("name")), flow.name, 1, limits::flowName);
    rule.check(flowPlace(QStringLiteral("description")), flow.description, 0, limits::flowDescription);
    for (qsizetype i = 0; i < flow.tasks.size(); ++i) {
        const Task &task = flow.tasks[i];
        rule.check(taskPlace(i, QStringLiteral("name")), task.name, 1, limits::name);
        rule.check(taskPlace(i, QStringLiteral("type")), task.type, 0, limits::name);
        rule.check(taskPlace(i, QStringLiteral("description")), task.description, 0, limits::description);
    }
    for (qsizetype i = 0; i < flow.conditions.size(); ++i) {
        const Condition &condition = flow.conditions[i];
        rule.check(conditionPlace(i, QStringLiteral("name")), condition.name, 1, limits::name);
        rule.check(conditionPlace(i, QStringLiteral("description")), condition.description, 0, limits::description);
        rule.check(conditionPlace(i, QStringLiteral("when")), condition.when, 0, limits::expression);
    }
}

void checkNumbers(const FlowFacts &facts, QList<Issue> *issues)
{
    NumberRule rule(issues);
    for (qsizetype i = 0; i < facts.flow.tasks.size(); ++i) {
        const Task &task = facts.flow.tasks[i];
        const auto place = [i](const char *field) { return taskPlace(i, QString::fromLatin1(field)); };
        if (task.timeoutSeconds && !(*task.timeoutSeconds > 0 && *task.timeoutSeconds <= limits::taskTimeout)) {
            rule.report(place("timeout_seconds"), issueText("The time limit must be above 0 and at most %1 seconds.")
                                                      .arg(limits::taskTimeout, 0, 'f', 0));
        }
        if (!task.retry)
            continue;
        rule.check(place("retry.max_attempts"), task.retry->maxAttempts, 1, limits::maxAttempts);
        rule.check(place("retry.delay_seconds"), task.retry->delaySeconds, 0, limits::retryDelay);
        rule.check(place("retry.backoff"), task.retry->backoff, 1, limits::retryBackoff);
        rule.check(place("retry.max_delay_seconds"), task.retry->maxDelaySeconds.value_or(0), 0, limits::retryDelay);
        rule.check(place("retry.jitter"), task.retry->jitter, 0, 1);
    }
    if (facts.flow.concurrency) {
        rule.check({Place::Kind::Flow, -1, QStringLiteral("concurrency.limit")}, facts.flow.concurrency->limit, 1,
                   limits::concurrency);
    }
}

} // namespace flow::rules
