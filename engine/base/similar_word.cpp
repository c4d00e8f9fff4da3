// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/similar_word.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace flow {

namespace {

/// Letters to insert, remove, replace or swap with their neighbour to get from one word to the other.
qsizetype distance(const QString &from, const QString &to)
{
    const qsizetype width = to.size() + 1;
    QList<qsizetype> beforeLast(width, 0);
    QList<qsizetype> last(width);
    QList<qsizetype> row(width);
    std::iota(last.begin(), last.end(), 0);
    for (qsizetype i = 1; i <= from.size(); ++i) {
        row[0] = i;
        for (qsizetype j = 1; j < width; ++j) {
            const qsizetype replaced = last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
            row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
            if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                row[j] = std::min(row[j], beforeLast[j - 2] + 1);
        }
        beforeLast = std::exchange(last, row);
    }
    return last.back();
}

} // namespace

QString similarWord(const QString &word, const QStringList &candidates)
{
    return similarWord(word, candidates, std::max<qsizetype>(1, word.size() / 3));
}

QString similarWord(const QString &word, const QStringList &candidates, qsizetype mostLetters)
{
    constexpr qsizetype longest = 100; // nobody misspells longer words, and comparing them takes time
    if (word.size() > longest)
        return QString();
    QString best;
    // Of one letter that is replaced nothing is left: it is not similar.
    qsizetype least = std::min(mostLetters + 1, std::max<qsizetype>(1, word.size()));
    for (const QString &candidate : candidates) {
        if (std::abs(candidate.size() - word.size()) >= least)
            continue;
        const qsizetype letters = distance(word.toLower(), candidate.toLower());
        if (letters < least) {
            least = letters;
            best = candidate;
        }
    }
    return best;
}

} // namespace flow
