// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/hash_index.h"

#include <QHash>
#include <QList>
#include <QStringList>

namespace flow {

/// Where a text was cut off, so that part of a secret may be left there.
enum class TextCut { Nowhere, Begin, End };

/// Where the shapes of secrets stand in a text, looked for in one pass. A value; finding is safe from any thread.
///
/// Of the longer shapes every piece of `pieceLength` characters is found, so that one that was cut or wrapped is found
/// as well. Where the text itself was cut, also what the cut has left of a shape, from `leastRest` characters on; a `…`
/// in the text stands for a cut on both of its sides.
class SecretFinder
{
public:
    static constexpr qsizetype pieceLength = 16;
    static constexpr qsizetype leastRest = 3;

    /// Characters of a text that belong to a secret.
    struct Range
    {
        qsizetype begin;
        qsizetype end;
        qsizetype owner;
    };

    /// The shapes of one more secret, each of leastSecretLength characters at least.
    void add(const QStringList &shapes, qsizetype owner);
    /// Without overlaps, from left to right. Where secrets overlap the range is that of the longest.
    QList<Range> find(QStringView text, TextCut cut) const;
    /// The same without what a cut may have left.
    QList<Range> findWhole(QStringView text) const;

private:
    struct Shape
    {
        QString text;
        qsizetype owner;
    };

    void collect(QStringView text, QList<Range> *ranges) const;
    void collectShort(QStringView text, qsizetype begin, quint64 start, QList<Range> *ranges) const;
    void collectRests(QStringView text, TextCut cut, QList<Range> *ranges) const;
    void restBefore(QStringView text, qsizetype edge, QList<Range> *ranges) const;
    void restBehind(QStringView text, qsizetype edge, QList<Range> *ranges) const;

    QHash<quint64, QList<Shape>> m_short; ///< shapes below pieceLength, by their first characters
    HashIndex m_starts;                   ///< the keys of these
    HashIndex m_pieces;
    HashIndex m_heads; ///< beginnings of shapes, shorter than a piece
    HashIndex m_tails; ///< ends of shapes
};

} // namespace flow
