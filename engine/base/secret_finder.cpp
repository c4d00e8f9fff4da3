// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/secret_finder.h"

#include "base/secret_shapes.h"

#include <algorithm>

namespace flow {

namespace {

constexpr quint64 base = 0x9e3779b97f4a7c15;
constexpr char16_t cutMark = u'…';

// The first characters of a shape fit into one number.
static_assert(leastSecretLength == 4);

/// That number, of the last characters that were put in.
quint64 withNext(quint64 start, QChar c)
{
    return start << 16 | c.unicode();
}

quint64 startOf(QStringView shape)
{
    quint64 start = 0;
    for (const QChar c : shape.first(leastSecretLength))
        start = withNext(start, c);
    return start;
}

quint64 hashed(quint64 hash, QChar next)
{
    return hash * base + next.unicode() + 1;
}

quint64 hashOf(QStringView text)
{
    quint64 hash = 0;
    for (const QChar c : text)
        hash = hashed(hash, c);
    return hash;
}

constexpr quint64 baseToThePiece()
{
    quint64 power = 1;
    for (qsizetype i = 0; i < SecretFinder::pieceLength; ++i)
        power *= base;
    return power;
}

/// The hash of the last piece of a text that grows: one step per character.
class RollingHash
{
public:
    explicit RollingHash(QStringView text)
        : m_text(text)
    {
    }
    /// Of the piece that ends with the character at `i`; to be called for each.
    quint64 next(qsizetype i)
    {
        constexpr quint64 outgoing = baseToThePiece();
        m_hash = hashed(m_hash, m_text[i]);
        if (i >= SecretFinder::pieceLength)
            m_hash -= outgoing * (m_text[i - SecretFinder::pieceLength].unicode() + 1u);
        return m_hash;
    }

private:
    QStringView m_text;
    quint64 m_hash = 0;
};

/// Overlapping ones become one, which belongs to the owner of the longest.
QList<SecretFinder::Range> merged(QList<SecretFinder::Range> all)
{
    using Range = SecretFinder::Range;
    std::stable_sort(all.begin(), all.end(), [](const Range &a, const Range &b) { return a.begin < b.begin; });
    QList<Range> merged;
    qsizetype longest = 0;
    for (const Range &range : std::as_const(all)) {
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

} // namespace

void SecretFinder::add(const QStringList &shapes, qsizetype owner)
{
    std::vector<quint64> starts;
    std::vector<quint64> pieces;
    std::vector<quint64> heads;
    std::vector<quint64> tails;
    for (const QString &shape : shapes) {
        for (qsizetype length = leastRest; length < std::min(shape.size(), pieceLength); ++length) {
            heads.push_back(hashOf(QStringView(shape).first(length)));
            tails.push_back(hashOf(QStringView(shape).last(length)));
        }
        if (shape.size() < pieceLength) {
            starts.push_back(startOf(shape));
            m_short[startOf(shape)].append({shape, owner});
            continue;
        }
        RollingHash hash(shape);
        for (qsizetype i = 0; i < shape.size(); ++i) {
            const quint64 piece = hash.next(i);
            if (i + 1 >= pieceLength)
                pieces.push_back(piece);
        }
    }
    m_starts.add(std::move(starts), owner);
    m_pieces.add(std::move(pieces), owner);
    m_heads.add(std::move(heads), owner);
    m_tails.add(std::move(tails), owner);
}

QList<SecretFinder::Range> SecretFinder::find(QStringView text, TextCut cut) const
{
    QList<Range> ranges;
    collect(text, &ranges);
    collectRests(text, cut, &ranges);
    return merged(std::move(ranges));
}

QList<SecretFinder::Range> SecretFinder::findWhole(QStringView text) const
{
    QList<Range> ranges;
    collect(text, &ranges);
    return merged(std::move(ranges));
}

void SecretFinder::collect(QStringView text, QList<Range> *ranges) const
{
    RollingHash hash(text);
    quint64 start = 0;
    qsizetype lastPiece = -1; // in ranges
    for (qsizetype i = 0; i < text.size(); ++i) {
        const quint64 piece = hash.next(i);
        if (i + 1 >= pieceLength) {
            if (const qsizetype owner = m_pieces.owner(piece); owner >= 0) {
                const qsizetype begin = i + 1 - pieceLength;
                if (lastPiece >= 0 && ranges->at(lastPiece).end >= begin) {
                    (*ranges)[lastPiece].end = i + 1;
                } else {
                    lastPiece = ranges->size();
                    ranges->append({begin, i + 1, owner});
                }
            }
        }
        start = withNext(start, text[i]);
        if (i + 1 >= leastSecretLength && m_starts.owner(start) >= 0)
            collectShort(text, i + 1 - leastSecretLength, start, ranges);
    }
}

void SecretFinder::collectShort(QStringView text, qsizetype begin, quint64 start, QList<Range> *ranges) const
{
    for (const Shape &shape : *m_short.constFind(start)) {
        if (text.sliced(begin).startsWith(shape.text))
            ranges->append({begin, begin + shape.text.size(), shape.owner});
    }
}

void SecretFinder::collectRests(QStringView text, TextCut cut, QList<Range> *ranges) const
{
    if (m_heads.isEmpty())
        return;
    if (cut == TextCut::Begin)
        restBehind(text, 0, ranges);
    for (qsizetype at = text.indexOf(cutMark); at >= 0; at = text.indexOf(cutMark, at + 1)) {
        restBefore(text, at, ranges);
        restBehind(text, at + 1, ranges);
    }
    if (cut == TextCut::End)
        restBefore(text, text.size(), ranges);
}

void SecretFinder::restBefore(QStringView text, qsizetype edge, QList<Range> *ranges) const
{
    Range longest{edge, edge, -1};
    for (qsizetype length = leastRest; length < pieceLength && length <= edge; ++length) {
        if (const qsizetype owner = m_heads.owner(hashOf(text.sliced(edge - length, length))); owner >= 0)
            longest = {edge - length, edge, owner};
    }
    if (longest.owner >= 0)
        ranges->append(longest);
}

void SecretFinder::restBehind(QStringView text, qsizetype edge, QList<Range> *ranges) const
{
    Range longest{edge, edge, -1};
    quint64 hash = 0;
    const QStringView rest = text.sliced(edge).first(std::min(text.size() - edge, pieceLength - 1));
    for (qsizetype length = 1; length <= rest.size(); ++length) {
        hash = hashed(hash, rest[length - 1]);
        if (const qsizetype owner = length < leastRest ? -1 : m_tails.owner(hash); owner >= 0)
            longest = {edge, edge + length, owner};
    }
    if (longest.owner >= 0)
        ranges->append(longest);
}

} // namespace flow
