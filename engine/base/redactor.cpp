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

constexpr quint64 base = 0x9e3779b97f4a7c15;

constexpr quint64 baseToThePiece()
{
    quint64 power = 1;
    for (qsizetype i = 0; i < Redactor::pieceLength; ++i)
        power *= base;
    return power;
}

/// Calls `each(begin, hash)` for every piece of the text. The hash rolls along: one step per character.
template <typename Each>
void forEachPiece(const QString &text, const Each &each)
{
    constexpr quint64 outgoing = baseToThePiece();
    quint64 hash = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        hash = hash * base + text.at(i).unicode() + 1;
        if (i >= Redactor::pieceLength)
            hash -= outgoing * (text.at(i - Redactor::pieceLength).unicode() + 1u);
        if (i + 1 >= Redactor::pieceLength)
            each(i + 1 - Redactor::pieceLength, hash);
    }
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
    for (const QString &shape : shapes) {
        if (shape.size() < pieceLength)
            m_shapes << Shape{shape, owner};
        else
            forEachPiece(shape, [&](qsizetype, quint64 hash) { m_pieces.emplace(hash, owner); });
    }
}

void Redactor::findPieces(const QString &text, QList<Range> *ranges) const
{
    if (m_pieces.empty())
        return;
    forEachPiece(text, [&](qsizetype begin, quint64 hash) {
        const auto piece = m_pieces.find(hash);
        if (piece == m_pieces.end())
            return;
        if (!ranges->isEmpty() && ranges->last().end >= begin)
            ranges->last().end = begin + pieceLength;
        else
            ranges->append({begin, begin + pieceLength, piece->second});
    });
}

/// Without overlaps, from left to right. Where secrets overlap the range is that of the longest.
QList<Redactor::Range> Redactor::find(const QString &text) const
{
    QList<Range> all;
    findPieces(text, &all);
    for (const Shape &shape : m_shapes) {
        for (qsizetype at = text.indexOf(shape.text); at >= 0; at = text.indexOf(shape.text, at + 1))
            all.append({at, at + shape.text.size(), shape.owner});
    }
    std::stable_sort(all.begin(), all.end(), [](const Range &a, const Range &b) { return a.begin < b.begin; });

    QList<Range> merged;
    qsizetype longest = 0;
    for (const Range &range : all) {
        const qsizetype length = range.end - range.begin;
        if (merged.isEmpty() || range.begin >= merged.last().end) {
            merged.append(range);
            longest = length;
            continue;
        }
        if (length > longest)
            merged.last().owner = range.owner;
        longest = std::max(longest, length);
        merged.last().end = std::max(merged.last().end, range.end);
    }
    return merged;
}

QString Redactor::mark(qsizetype owner) const
{
    return QStringLiteral("[secret %1]").arg(m_names.at(owner));
}

QString Redactor::replaced(const QString &text, const QList<Range> &ranges, bool withNames) const
{
    QString clean;
    qsizetype from = 0;
    for (const Range &range : ranges) {
        clean += QStringView(text).sliced(from, range.begin - from);
        clean += withNames ? mark(range.owner) : bareMark;
        from = range.end;
    }
    clean += QStringView(text).sliced(from);
    return clean;
}

QString Redactor::redacted(const QString &text) const
{
    if (isEmpty())
        return text;
    QList<Range> ranges = find(text);
    if (ranges.isEmpty())
        return text;
    QString clean = replaced(text, ranges, true);
    // A name may hold a secret, and what stood around one may form another: these go without a name.
    for (ranges = find(clean); !ranges.isEmpty(); ranges = find(clean))
        clean = replaced(clean, ranges, false);
    return clean;
}

QJsonValue Redactor::redacted(const QJsonValue &value) const
{
    if (isEmpty() || value.isUndefined())
        return value;
    const QJsonValue clean = cleaned(value);
    // A secret may look like part of an object: `"a":1,"b"`.
    return finds(QString::fromUtf8(json::writeCompact(clean))) ? QJsonValue(bareMark) : clean;
}

QJsonValue Redactor::cleaned(const QJsonValue &value) const
{
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
            list.append(cleaned(item));
        return list;
    }
    return value.isObject() ? QJsonValue(cleanedObject(value.toObject())) : value;
}

QJsonObject Redactor::cleanedObject(const QJsonObject &object) const
{
    QJsonObject clean;
    for (auto member = object.begin(); member != object.end(); ++member) {
        const QString name = redacted(member.key());
        QString free = name;
        for (int number = 2; clean.contains(free); ++number)
            free = QStringLiteral("%1 (%2)").arg(name).arg(number);
        clean.insert(free, cleaned(*member));
    }
    return clean;
}

} // namespace flow
