// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/similar_word.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace flow {

namespace {

/// Letters to insert, remove or replace to get from one word to the other.
qsizetype distance(const QString &from, const QString &to)
{
    std::vector<qsizetype> row(size_t(to.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < from.size(); ++i) {
        qsizetype diagonal = std::exchange(row[0], i + 1);
        for (size_t j = 0; j < size_t(to.size()); ++j) {
            const qsizetype replaced = diagonal + (from[i] == to[qsizetype(j)] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

} // namespace

QString similarWord(const QString &word, const QStringList &candidates)
{
    constexpr qsizetype longest = 100; // nobody misspells longer words, and comparing them takes time
    if (word.size() > longest)
        return QString();
    QString best;
    qsizetype least = std::max<qsizetype>(1, word.size() / 3) + 1;
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
