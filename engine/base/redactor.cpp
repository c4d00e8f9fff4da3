// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/redactor.h"

#include "base/json.h"
#include "base/secret_shapes.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace flow {

namespace {

const QString bareMark = QStringLiteral("***");
// A replacement that is shorter than what it replaces cannot go on for ever.
static_assert(leastSecretLength > 3);

/// Whether a text may stand in JSON although none of its texts and numbers holds it: it has characters that JSON puts
/// around them and into them, that a numbered name has, or is part of a word.
bool spansParts(const QString &text)
{
    static const QString marks = QStringLiteral("\"\\,:[]{}()");
    const auto isMark = [](QChar c) { return marks.contains(c); };
    return std::any_of(text.begin(), text.end(), isMark) || QStringLiteral("true false null").contains(text);
}

bool isSameNumber(const QJsonValue &a, const QJsonValue &b)
{
    return a.isDouble() && b.isDouble() && a.toDouble() == b.toDouble();
}

} // namespace

void Redactor::add(const QString &name, const QString &value)
{
    if (m_known.contains(value))
        return;
    const QStringList shapes = shapesOfSecret(value);
    if (shapes.isEmpty())
        return;
    m_known.insert(value);
    const qsizetype owner = m_names.size();
    m_names << name;
    m_values << readAsJson(value);
    m_finder.add(shapes, owner);
    m_spansParts = m_spansParts || std::any_of(shapes.begin(), shapes.end(), spansParts);
}

QString Redactor::mark(qsizetype owner) const
{
    return QStringLiteral("[secret %1]").arg(m_names.at(owner));
}

QString Redactor::replaced(const QString &text, const QList<SecretFinder::Range> &ranges, bool withNames) const
{
    QString clean;
    qsizetype from = 0;
    for (const SecretFinder::Range &range : ranges) {
        clean += QStringView(text).sliced(from, range.begin - from);
        clean += withNames ? mark(range.owner) : bareMark;
        from = range.end;
    }
    clean += QStringView(text).sliced(from);
    return clean;
}

QString Redactor::redacted(const QString &text, TextCut cut) const
{
    if (isEmpty())
        return text;
    QList<SecretFinder::Range> ranges = m_finder.find(text, cut);
    if (ranges.isEmpty())
        return text;
    QString clean = replaced(text, ranges, true);
    // A name may hold a secret, and what stood around one may form another: these go without a name.
    for (ranges = m_finder.findWhole(clean); !ranges.isEmpty(); ranges = m_finder.findWhole(clean))
        clean = replaced(clean, ranges, false);
    return clean;
}

QJsonValue Redactor::redacted(const QJsonValue &value, const CancelToken &cancel) const
{
    if (isEmpty() || value.isUndefined())
        return value;
    const QJsonValue clean = cleaned(value, cancel);
    if (!m_spansParts || cancel.isCancelled())
        return clean;
    // A secret may look like part of an object: `"a":1,"b"`.
    return finds(QString::fromUtf8(json::writeCompact(clean))) ? QJsonValue(bareMark) : clean;
}

QJsonValue Redactor::cleaned(const QJsonValue &value, const CancelToken &cancel) const
{
    if (cancel.isCancelled())
        return bareMark;
    for (qsizetype owner = 0; owner < m_values.size(); ++owner) {
        const QJsonValue &secret = m_values.at(owner);
        if (!secret.isUndefined() && (secret == value || isSameNumber(secret, value)))
            return redacted(mark(owner));
    }
    if (value.isString())
        return redacted(value.toString());
    if (value.isDouble()) {
        const QString written = QString::fromUtf8(json::writeCompact(value));
        return finds(written) ? QJsonValue(redacted(written)) : value;
    }
    if (value.isArray()) {
        QJsonArray list;
        for (const QJsonValue &item : value.toArray())
            list.append(cleaned(item, cancel));
        return list;
    }
    return value.isObject() ? QJsonValue(cleanedObject(value.toObject(), cancel)) : value;
}

QJsonObject Redactor::cleanedObject(const QJsonObject &object, const CancelToken &cancel) const
{
    QJsonObject clean;
    for (auto member = object.begin(); member != object.end(); ++member) {
        const QString name = redacted(member.key());
        QString free = name;
        for (int number = 2; clean.contains(free); ++number)
            free = QStringLiteral("%1 (%2)").arg(name).arg(number);
        clean.insert(free, cleaned(*member, cancel));
    }
    return clean;
}

} // namespace flow
