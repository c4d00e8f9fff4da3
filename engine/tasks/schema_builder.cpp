// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/schema_builder.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace flow {

namespace {

QJsonObject typed(const QString &type)
{
    return {{QStringLiteral("type"), type}};
}

QJsonObject bounded(const QString &type, const QJsonValue &least, const QJsonValue &most)
{
    QJsonObject rules = typed(type);
    rules.insert(QStringLiteral("minimum"), least);
    rules.insert(QStringLiteral("maximum"), most);
    return rules;
}

} // namespace

SchemaBuilder &SchemaBuilder::seconds(const Field &field, double most)
{
    QJsonObject rules = bounded(QStringLiteral("number"), 0, most);
    rules.insert(QStringLiteral("x-unit"), QStringLiteral("s"));
    add(field, rules);
    return *this;
}

SchemaBuilder &SchemaBuilder::number(const Field &field, double least, double most)
{
    add(field, bounded(QStringLiteral("number"), least, most));
    return *this;
}

SchemaBuilder &SchemaBuilder::integer(const Field &field, qint64 least, qint64 most)
{
    add(field, bounded(QStringLiteral("integer"), least, most));
    return *this;
}

SchemaBuilder &SchemaBuilder::text(const Field &field, int leastLength, int mostLength)
{
    QJsonObject rules = typed(QStringLiteral("string"));
    rules.insert(QStringLiteral("minLength"), leastLength);
    rules.insert(QStringLiteral("maxLength"), mostLength);
    add(field, rules);
    return *this;
}

SchemaBuilder &SchemaBuilder::path(const Field &field)
{
    QJsonObject rules = typed(QStringLiteral("string"));
    rules.insert(QStringLiteral("minLength"), 1);
    rules.insert(QStringLiteral("maxLength"), 4096);
    rules.insert(QStringLiteral("x-multiline"), false);
    add(field, rules);
    return *this;
}

SchemaBuilder &SchemaBuilder::choice(const Field &field, const QStringList &words)
{
    QJsonObject rules = typed(QStringLiteral("string"));
    rules.insert(QStringLiteral("enum"), QJsonArray::fromStringList(words));
    add(field, rules);
    return *this;
}

SchemaBuilder &SchemaBuilder::object(const Field &field)
{
    add(field, typed(QStringLiteral("object")));
    return *this;
}

SchemaBuilder &SchemaBuilder::list(const Field &field, const QJsonObject &item)
{
    QJsonObject rules = typed(QStringLiteral("array"));
    rules.insert(QStringLiteral("items"), item);
    rules.insert(QStringLiteral("x-exact"), true);
    add(field, rules);
    return *this;
}

SchemaBuilder &SchemaBuilder::hiddenTexts(const Field &field)
{
    QJsonObject rules = typed(QStringLiteral("object"));
    rules.insert(QStringLiteral("additionalProperties"), typed(QStringLiteral("string")));
    rules.insert(QStringLiteral("writeOnly"), true);
    add(field, rules);
    return *this;
}

SchemaBuilder &SchemaBuilder::hiddenText(const Field &field, int mostLength)
{
    QJsonObject rules = typed(QStringLiteral("string"));
    rules.insert(QStringLiteral("maxLength"), mostLength);
    rules.insert(QStringLiteral("writeOnly"), true);
    add(field, rules);
    return *this;
}

SchemaBuilder &SchemaBuilder::require(const QString &key)
{
    Q_ASSERT(m_properties.contains(key));
    m_required.append(key);
    return *this;
}

SchemaBuilder &SchemaBuilder::returns(const char *key, const char *types, const QString &description)
{
    return mayReturn(key, types, description).require(QString::fromLatin1(key));
}

SchemaBuilder &SchemaBuilder::returnsOneOf(const char *key, const QStringList &words, const QString &description)
{
    QJsonObject rules = typed(QStringLiteral("string"));
    rules.insert(QStringLiteral("enum"), QJsonArray::fromStringList(words));
    insert(QString::fromLatin1(key), description, rules);
    return require(QString::fromLatin1(key));
}

SchemaBuilder &SchemaBuilder::mayReturn(const char *key, const char *types, const QString &description)
{
    const QStringList words = QString::fromLatin1(types).split(u' ', Qt::SkipEmptyParts);
    QJsonObject rules;
    if (words.size() == 1)
        rules = typed(words.first());
    else if (!words.isEmpty())
        rules.insert(QStringLiteral("type"), QJsonArray::fromStringList(words));
    insert(QString::fromLatin1(key), description, rules);
    return *this;
}

SchemaBuilder &SchemaBuilder::demoBehaviour(double delaySeconds, double failureRate)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("DemoTask", text); };
    return seconds({QStringLiteral("delay_seconds"), tr(QT_TRANSLATE_NOOP("DemoTask", "Delay")),
                    tr(QT_TRANSLATE_NOOP("DemoTask", "How long the task pretends to work")), delaySeconds},
                   86'400)
        .number({QStringLiteral("failure_rate"), tr(QT_TRANSLATE_NOOP("DemoTask", "Failure rate")),
                 tr(QT_TRANSLATE_NOOP("DemoTask", "How often the task fails by chance: 0 never, 1 always")),
                 failureRate},
                0, 1)
        .integer({QStringLiteral("seed"), tr(QT_TRANSLATE_NOOP("DemoTask", "Random seed")),
                  tr(QT_TRANSLATE_NOOP(
                      "DemoTask", "Makes chance repeatable: the same seed and attempt number always end the same way. "
                                  "Empty: different each time"))},
                 0, 9'007'199'254'740'991);
}

QJsonObject SchemaBuilder::schema() const
{
    QJsonObject schema{{QStringLiteral("type"), QStringLiteral("object")},
                       {QStringLiteral("properties"), m_properties},
                       {QStringLiteral("additionalProperties"), false}};
    if (!m_required.isEmpty())
        schema.insert(QStringLiteral("required"), m_required);
    return schema;
}

void SchemaBuilder::add(const Field &field, QJsonObject rules)
{
    rules.insert(QStringLiteral("title"), field.title);
    if (!field.standard.isUndefined())
        rules.insert(QStringLiteral("default"), field.standard);
    insert(field.key, field.description, rules);
}

void SchemaBuilder::insert(const QString &key, const QString &description, QJsonObject rules)
{
    Q_ASSERT(!key.isEmpty() && !m_properties.contains(key));
    rules.insert(QStringLiteral("description"), description);
    rules.insert(QStringLiteral("x-order"), m_properties.size());
    m_properties.insert(key, rules);
}

} // namespace flow
