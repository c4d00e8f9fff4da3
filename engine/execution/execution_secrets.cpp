// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/execution_secrets.h"

#include "execution/execution_messages.h"
#include "model/secret_settings.h"

#include <QJsonArray>

#include <algorithm>
#include <utility>

namespace flow {

namespace {

QJsonValue valueAt(const QJsonValue &root, const QList<FieldPath::Step> &steps)
{
    QJsonValue value = root;
    for (const FieldPath::Step &step : steps)
        value = step.index >= 0 ? value.toArray().at(step.index) : value.toObject().value(step.key);
    return value;
}

} // namespace

ExecutionSecrets::ExecutionSecrets(const SecretSource *source, std::shared_ptr<FamilySecrets> family,
                                   const TaskRegistry &registry)
    : m_source(source)
    , m_registry(registry)
    , m_family(family ? std::move(family) : std::make_shared<FamilySecrets>())
{
}

std::optional<QString> ExecutionSecrets::recall(const QList<AttemptRecord> &attempts, const ExecutionState &state,
                                                const CancelToken &cancel)
{
    if (m_isRecalled || !m_source)
        return {};
    QSet<qsizetype> tasks;
    QStringList names;
    for (const AttemptRecord &attempt : state.templates().readSecrets() ? attempts : QList<AttemptRecord>()) {
        const qsizetype task = state.flow().taskIndex(attempt.taskName);
        const Template *settings = state.templates().readingSecrets(task);
        if (!settings || tasks.contains(task))
            continue;
        tasks.insert(task);
        names += secrets::names(*settings);
    }
    const Result<void> recalled = m_family->recall(names, *m_source, cancel);
    m_isRecalled = recalled.ok();
    if (recalled || recalled.error().code == ErrorCode::Cancelled || std::exchange(m_isRefusalTold, true))
        return {};
    return messages::secretsNotRecalled(recalled.error().text());
}

void ExecutionSecrets::fillIn(ExecutionState::Attempt &attempt, const ExecutionState &state, const CancelToken &cancel)
{
    const Template *settings = state.templates().readingSecrets(attempt.task);
    if (!settings)
        return;
    const QString type = state.flow().tasks[attempt.task].typeName();
    attempt.config = expanded(*settings, state, m_registry.types().value(type).configSchema, cancel);
}

Result<QJsonObject> ExecutionSecrets::expanded(const Template &settings, const ExecutionState &state,
                                               const QJsonObject &schema, const CancelToken &cancel)
{
    const QList<Error> mistakes = secrets::mistakes(settings, schema);
    if (!mistakes.isEmpty())
        return mistakes.first();
    QJsonObject values;
    for (const QString &name : secrets::names(settings)) {
        const Result<QString> value = fetch(name, cancel);
        if (!value)
            return value.error();
        values.insert(name, *value);
    }
    Expression::Variables variables = state.variables();
    variables.insert(secrets::variable(), values);
    Result<QJsonObject> config = settings.expand(variables);
    if (config)
        rememberWhatBecame(settings, *config, values);
    return config;
}

Result<QString> ExecutionSecrets::fetch(const QString &name, const CancelToken &cancel)
{
    if (!m_source)
        return Error{.code = ErrorCode::NotFound, .reason = messages::noSecretsHere(name)};
    Result<QString> value = m_source->secret(name, cancel);
    if (value)
        m_family->add(name, *value);
    return value;
}

/// An expression may give a secret a shape that nobody can guess, the base64 of user and password for instance: then
/// what it made is secret as a whole. Where it stands as it is, what is around it may be read.
void ExecutionSecrets::rememberWhatBecame(const Template &settings, const QJsonObject &config,
                                          const QJsonObject &values)
{
    const auto standsIn = [&values](const QString &text) {
        return std::any_of(values.begin(), values.end(),
                           [&text](const QJsonValue &value) { return text.contains(value.toString()); });
    };
    for (const Template::Reading &reading : settings.readings(secrets::variable())) {
        const QJsonValue made = valueAt(config, reading.steps);
        if (made.isString() && !standsIn(made.toString()))
            m_family->add(reading.fields.names.join(QStringLiteral(", ")), made.toString());
    }
}

/// What is left of the result of an attempt that was stopped meanwhile is dropped.
void ExecutionSecrets::redact(ExecutionState::Report &report, const CancelToken &cancel) const
{
    const std::shared_ptr<const Redactor> redactor = m_family->redactor();
    report.result.error = redactor->redacted(report.result.error);
    report.result.data = redactor->redacted(report.result.data, cancel);
}

} // namespace flow
