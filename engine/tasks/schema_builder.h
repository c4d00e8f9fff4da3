// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QStringList>

namespace flow {

/// Puts together the JSON Schema of a task's settings, or of its result, field by field in the order of the form
/// (`x-order`, because JSON objects have none). The schema refuses fields it does not name. A value on the stack of the
/// function that describes a task type.
class SchemaBuilder
{
public:
    /// What every field has. An undefined `standard` means that there is no default.
    struct Field
    {
        QString key;
        QString title;
        QString description;
        QJsonValue standard = QJsonValue::Undefined;
    };

    SchemaBuilder &seconds(const Field &field, double most);
    SchemaBuilder &number(const Field &field, double least, double most);
    SchemaBuilder &integer(const Field &field, qint64 least, qint64 most);
    SchemaBuilder &text(const Field &field, int leastLength, int mostLength);
    /// The name of a file, a folder or a program: one line in the form, however long.
    SchemaBuilder &path(const Field &field);
    SchemaBuilder &choice(const Field &field, const QStringList &words);
    SchemaBuilder &object(const Field &field);
    /// A list; `item` is the schema of what it holds, of which nothing gets lost in the form: it is edited as JSON.
    SchemaBuilder &list(const Field &field, const QJsonObject &item);
    /// Texts by name. Error messages do not show them, and they may use `${secret.NAME}`.
    SchemaBuilder &hiddenTexts(const Field &field);
    /// Like text, but error messages do not show it, and it may use `${secret.NAME}`.
    SchemaBuilder &hiddenText(const Field &field, int mostLength);
    /// The field without which the task cannot run.
    SchemaBuilder &require(const QString &key);
    /// A field of a result that is always there. `types` are words of JSON Schema, such as `integer null`; empty: any
    /// value.
    SchemaBuilder &returns(const char *key, const char *types, const QString &description);
    /// One that is always there and is one of these texts.
    SchemaBuilder &returnsOneOf(const char *key, const QStringList &words, const QString &description);
    /// A field of a result that is there at times.
    SchemaBuilder &mayReturn(const char *key, const char *types, const QString &description);
    /// delay_seconds, failure_rate and seed, as every demo task has them.
    SchemaBuilder &demoBehaviour(double delaySeconds, double failureRate);

    QJsonObject schema() const;

private:
    void add(const Field &field, QJsonObject rules);
    void insert(const QString &key, const QString &description, QJsonObject rules);

    QJsonObject m_properties;
    QJsonArray m_required;
};

} // namespace flow
