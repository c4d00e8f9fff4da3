// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_rules.h"

/// A task's settings against the schema that its type gives for them, and the expressions in them: what the engine
/// refuses when the task's turn comes is better known before the run.
#include "expression/template.h"
#include "model/config_schema.h"
#include "model/secret_settings.h"

namespace flow::rules {

namespace {

QJsonValue valueAt(const QJsonValue &root, const FieldPath &path)
{
    QJsonValue value = root;
    for (const FieldPath::Step &step : path.steps())
        value = step.index >= 0 ? value.toArray().at(step.index) : value.toObject().value(step.key);
    return value;
}

bool isTypeMistake(ErrorCode code)
{
    return code == ErrorCode::NotAString || code == ErrorCode::NotABoolean || code == ErrorCode::NotAnInteger ||
           code == ErrorCode::NotANumber || code == ErrorCode::NotAnObject || code == ErrorCode::NotAList;
}

/// Whether the mistake may be gone once the expressions in the value are replaced, which is checked in the run.
bool mayVanish(const Error &mistake, const QJsonValue &value)
{
    // A list or object stays one, as long as it is; only which one it is may change.
    if (value.isObject() || value.isArray())
        return mistake.code == ErrorCode::NotOneOf;
    if (mistake.code == ErrorCode::UnknownField || !value.toString().contains(u"${"))
        return false;
    const Result<TemplateText> text = TemplateText::compile(value.toString(), nullptr);
    if (!text)
        return true; // a mistake of its own
    // What is found is that no text will do, and it will be one.
    return !isTypeMistake(mistake.code) || text->types() != TypeSet(ValueType::String);
}

/// What is known of `secret`: that the names which are used are texts. Whether they exist shows when they are needed.
Shape shapeOfSecrets(const Template &settings)
{
    QMap<QString, Shape> fields;
    for (const QString &name : secrets::names(settings))
        fields.insert(name, Shape::of(ValueType::String));
    return Shape::open(std::move(fields));
}

QList<Error> mistakesInExpressions(const QJsonObject &config, const QJsonObject &schema, const FlowFacts &facts)
{
    const Result<Template> settings = Template::compile(config);
    if (settings && settings->isPlain())
        return {};
    Scope scope = facts.scope();
    scope.insert(secrets::variable(), settings ? shapeOfSecrets(*settings) : Shape::open({}));
    const QList<Error> mistakes = Template::check(config, scope);
    return settings ? mistakes + secrets::mistakes(*settings, schema) : mistakes;
}

QList<Error> mistakesIn(const QJsonObject &config, const TaskType &type, const FlowFacts &facts)
{
    QList<Error> mistakes = lastingMistakes(type.configSchema, config);
    if (mistakes.isEmpty() && type.mistakesOf)
        mistakes = type.mistakesOf(withDefaults(type.configSchema, config));
    return mistakes + mistakesInExpressions(config, type.configSchema, facts);
}

} // namespace

QList<Error> lastingMistakes(const QJsonObject &schema, const QJsonObject &written)
{
    QList<Error> mistakes;
    for (const Error &error : checkConfig(schema, written)) {
        if (!mayVanish(error, valueAt(written, error.path)))
            mistakes << error;
    }
    return mistakes;
}

void checkTaskSettings(const FlowFacts &facts, QList<Issue> *issues)
{
    for (qsizetype i = 0; i < facts.flow.tasks.size(); ++i) {
        const Task &task = facts.flow.tasks[i];
        const auto type = facts.types.constFind(task.typeName());
        if (type == facts.types.constEnd())
            continue; // a rule of its own
        for (const Error &error : mistakesIn(task.config.value_or(QJsonObject()), *type, facts)) {
            issues->append({Severity::Error, QStringLiteral("bad-setting"),
                            issueText("Settings of task '%1': %2.").arg(task.name, error.text()),
                            taskPlace(i, QStringLiteral("config.") + error.path.toString())});
        }
    }
}

} // namespace flow::rules
