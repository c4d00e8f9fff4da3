// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>

namespace flow {

/// More problems of one document than this help nobody and could fill the memory; see addError().
inline constexpr qsizetype maxErrors = 1000;

/// Appends `error`, or, once there are maxErrors, a last one that says so.
void addError(QList<Error> *errors, Error error);

/// Length in characters as people count them (Unicode code points), not in UTF-16 units.
qint64 characterCount(const QString &text);
/// The first of them; never half a character, as QString::left() may leave.
QString leftCharacters(const QString &text, qint64 count);

/// Reads the fields of one JSON object and collects every problem instead of stopping at the first.
///
/// Each getter names a field, so that finish() can refuse the ones nobody asked for. A getter that reports a problem
/// returns a default value; whoever reads looks at the errors before using what came out. null counts as absent for
/// optional fields and is an error for required ones. Lives on the stack of one reading function.
class JsonObjectReader
{
public:
    JsonObjectReader(const QJsonObject &object, FieldPath path, QList<Error> *errors);

    bool has(const QString &key) const; ///< present and not null

    QString requiredText(const QString &key, qint64 least, qint64 most);
    /// Null string when absent, so that absent and "" can be told apart.
    QString optionalText(const QString &key, qint64 least, qint64 most);
    std::optional<bool> optionalBool(const QString &key);
    std::optional<qint64> optionalInteger(const QString &key, qint64 least, qint64 most);
    std::optional<double> optionalNumber(const QString &key, double least, double most);
    std::optional<QJsonObject> optionalObject(const QString &key);
    std::optional<QJsonObject> requiredObject(const QString &key);
    std::optional<QJsonArray> optionalList(const QString &key, qint64 least, qint64 most);
    std::optional<QJsonArray> requiredList(const QString &key, qint64 least, qint64 most);
    /// Any value, also null; undefined when absent.
    QJsonValue any(const QString &key);

    /// Reports every field that no getter asked for.
    void finish();

    FieldPath pathOf(const QString &key) const { return m_path / key; }
    void report(const QString &key, ErrorCode code, const QString &reason,
                std::optional<Error::Range> range = std::nullopt);

private:
    QJsonValue take(const QString &key);
    bool missing(const QString &key, const QJsonValue &value);
    void reportValue(const QString &key, const QJsonValue &value, ErrorCode code, const QString &reason,
                     std::optional<Error::Range> range = std::nullopt);
    QString checkedText(const QString &key, const QJsonValue &value, qint64 least, qint64 most);
    std::optional<QJsonObject> checkedObject(const QString &key, const QJsonValue &value);
    std::optional<QJsonArray> checkedList(const QString &key, const QJsonValue &value, qint64 least, qint64 most);

    QJsonObject m_object;
    FieldPath m_path;
    QList<Error> *m_errors;
    QSet<QString> m_asked;
};

} // namespace flow
