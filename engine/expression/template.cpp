// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/template.h"

#include "base/json.h"

#include <QJsonArray>

namespace flow {

namespace {

Error at(const FieldPath &path, const QString &source, Error error)
{
    error.path = path;
    error.value = json::excerpt(QJsonValue(source));
    return error;
}

// `value` with what stands at the end of `steps` replaced.
QJsonValue replaced(const QJsonValue &value, QList<FieldPath::Step>::const_iterator step,
                    QList<FieldPath::Step>::const_iterator end, const QJsonValue &by)
{
    if (step == end)
        return by;
    if (value.isObject()) {
        QJsonObject object = value.toObject();
        object[step->key] = replaced(object.value(step->key), step + 1, end, by);
        return object;
    }
    QJsonArray list = value.toArray();
    list[step->index] = replaced(list.at(step->index), step + 1, end, by);
    return list;
}

} // namespace

Result<Template> Template::compile(const QJsonObject &config, const FieldPath &at)
{
    return finish(config, nullptr, at);
}

Result<Template> Template::compile(const QJsonObject &config, const Scope &scope, const FieldPath &at)
{
    return finish(config, &scope, at);
}

Result<Template> Template::finish(const QJsonObject &config, const Scope *scope, const FieldPath &at)
{
    Template result;
    QList<Error> errors;
    result.m_config = config;
    result.collect(config, {}, at, scope, &errors);
    if (!errors.isEmpty())
        return errors.first();
    return result;
}

QList<Error> Template::check(const QJsonObject &config, const Scope &scope, const FieldPath &at)
{
    Template result;
    QList<Error> errors;
    result.collect(config, {}, at, &scope, &errors);
    return errors;
}

void Template::collect(const QJsonValue &value, const QList<FieldPath::Step> &steps, const FieldPath &path,
                       const Scope *scope, QList<Error> *errors)
{
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto member = object.begin(); member != object.end(); ++member)
            collect(*member, steps + QList{FieldPath::Step{member.key()}}, path / member.key(), scope, errors);
    } else if (value.isArray()) {
        const QJsonArray list = value.toArray();
        for (qsizetype i = 0; i < list.size(); ++i)
            collect(list.at(i), steps + QList{FieldPath::Step{{}, i}}, path / i, scope, errors);
    } else if (value.isString() && value.toString().contains(u"${")) {
        const QString source = value.toString();
        auto text = TemplateText::compile(source, scope);
        if (!text)
            errors->append(at(path, source, text.error()));
        else
            m_parts.push_back({steps, path, source, std::move(*text)});
    }
}

Result<QJsonObject> Template::expand(const Expression::Variables &variables) const
{
    QJsonValue config = m_config;
    qint64 cost = 0;
    for (const Part &part : m_parts) {
        const auto value = part.text.expand(variables, &cost);
        if (!value)
            return at(part.path, part.source, value.error());
        config = replaced(config, part.steps.begin(), part.steps.end(), *value);
    }
    return config.toObject();
}

QStringList Template::variables() const
{
    QStringList names;
    for (const Part &part : m_parts)
        names += part.text.variables();
    names.removeDuplicates();
    return names;
}

QList<Template::Reading> Template::readings(const QString &variable) const
{
    QList<Reading> found;
    for (const Part &part : m_parts) {
        const FieldsRead fields = part.text.fieldsRead(variable);
        if (!fields.isNothing())
            found.append({part.steps, part.path, fields});
    }
    return found;
}

} // namespace flow
