// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "base/json.h"
#include "expression/regex.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QStringList>

/// How checkConfig() works. Private to flow_model.
namespace flow {

/// A text, or the texts in a list.
QStringList schemaWords(const QJsonValue &value);

/// Walks schema and value side by side and gathers what does not fit.
class SchemaChecker
{
    Q_DECLARE_TR_FUNCTIONS(ConfigSchema)

public:
    QList<Error> errors; ///< so far

    void check(const QJsonObject &schema, const QJsonValue &value, const FieldPath &at)
    {
        const bool hiddenAround = m_hidden;
        m_hidden = m_hidden || schema.value(u"writeOnly").toBool();
        checkRules(schema, value, at);
        m_hidden = hiddenAround;
    }

private:
    void checkRules(const QJsonObject &schema, const QJsonValue &value, const FieldPath &at)
    {
        if (!checkType(schema, value, at) || !checkAllowed(schema, value, at))
            return;
        if (value.isDouble()) {
            checkBounds(schema, value, at);
            checkSteps(schema, value, at);
        } else if (value.isString()) {
            checkLength(schema, value, at);
            checkPattern(schema, value, at);
        } else if (value.isObject()) {
            checkObject(schema, value.toObject(), at);
        } else if (value.isArray()) {
            checkCount(schema, value.toArray(), at);
            checkItems(schema, value.toArray(), at);
        }
    }

    bool checkType(const QJsonObject &schema, const QJsonValue &value, const FieldPath &at);
    bool checkAllowed(const QJsonObject &schema, const QJsonValue &value, const FieldPath &at);
    void checkBounds(const QJsonObject &schema, const QJsonValue &value, const FieldPath &at);
    void checkSteps(const QJsonObject &schema, const QJsonValue &value, const FieldPath &at);
    void checkLength(const QJsonObject &schema, const QJsonValue &value, const FieldPath &at);
    cel::Pattern patternOf(const QString &text);
    void checkPattern(const QJsonObject &schema, const QJsonValue &value, const FieldPath &at);
    void checkCount(const QJsonObject &schema, const QJsonArray &list, const FieldPath &at);
    void checkObject(const QJsonObject &schema, const QJsonObject &object, const FieldPath &at);
    void checkItems(const QJsonObject &schema, const QJsonArray &list, const FieldPath &at);

    void report(ErrorCode code, const FieldPath &at, const QJsonValue &value, const QString &reason)
    {
        if (m_hidden)
            reportWithoutValue(code, at, reason);
        else
            errors << Error{.code = code, .reason = reason, .path = at, .value = json::excerpt(value)};
    }
    void reportWithoutValue(ErrorCode code, const FieldPath &at, const QString &reason)
    {
        errors << Error{.code = code, .reason = reason, .path = at};
    }

    QHash<QString, cel::Pattern> m_patterns; ///< by their text
    qint64 m_patternSteps = 0;               ///< what looking for them has cost so far
    bool m_hidden = false;                   ///< inside a value that must not be shown
};

} // namespace flow
