// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/execution_secrets.h"

#include "execution/execution_messages.h"
#include "model/secret_settings.h"

#include <QJsonArray>

#include <algorithm>

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
        m_redactor.add(name, *value);
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
            m_redactor.add(reading.fields.names.join(QStringLiteral(", ")), made.toString());
    }
}

void ExecutionSecrets::redact(ExecutionState::Report &report) const
{
    report.result.error = m_redactor.redacted(report.result.error);
    report.result.data = m_redactor.redacted(report.result.data);
}

} // namespace flow
