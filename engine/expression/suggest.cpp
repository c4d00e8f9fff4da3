// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/suggest.h"

#include <QCoreApplication>
#include <QHash>

namespace flow::cel {

namespace {

// Letters to change, add, drop or swap with the next until one text is the other.
qsizetype distance(const QString &left, const QString &right)
{
    const qsizetype width = right.size() + 1;
    QList<qsizetype> before(width);
    QList<qsizetype> row(width);
    QList<qsizetype> next(width);
    for (qsizetype j = 0; j < width; ++j)
        row[j] = j;
    for (qsizetype i = 1; i <= left.size(); ++i) {
        next[0] = i;
        for (qsizetype j = 1; j < width; ++j) {
            const bool isSame = left[i - 1] == right[j - 1];
            next[j] = std::min({row[j] + 1, next[j - 1] + 1, row[j - 1] + (isSame ? 0 : 1)});
            if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                next[j] = std::min(next[j], before[j - 2] + 1);
        }
        before.swap(row);
        row.swap(next);
    }
    return row.last();
}

/// What other languages say, and how it is said here.
QString saidHere(const QString &name, const QStringList &known)
{
    static const QHash<QString, QString> words{{QStringLiteral("True"), QStringLiteral("true")},
                                               {QStringLiteral("False"), QStringLiteral("false")},
                                               {QStringLiteral("None"), QStringLiteral("null")},
                                               {QStringLiteral("nil"), QStringLiteral("null")},
                                               {QStringLiteral("NULL"), QStringLiteral("null")},
                                               {QStringLiteral("undefined"), QStringLiteral("null")},
                                               {QStringLiteral("not"), QStringLiteral("!")},
                                               {QStringLiteral("len"), QStringLiteral("size")},
                                               {QStringLiteral("length"), QStringLiteral("size")},
                                               {QStringLiteral("count"), QStringLiteral("size")},
                                               {QStringLiteral("str"), QStringLiteral("string")},
                                               {QStringLiteral("float"), QStringLiteral("double")},
                                               {QStringLiteral("includes"), QStringLiteral("contains")}};
    static const QStringList always{QStringLiteral("true"), QStringLiteral("false"), QStringLiteral("null"),
                                    QStringLiteral("!")};
    const QString word = words.value(name);
    return known.contains(word) || always.contains(word) ? word : QString();
}

} // namespace

QString closest(const QString &name, const QStringList &known)
{
    constexpr qsizetype longest = 64;
    if (name.size() > longest)
        return {};
    QString best;
    qsizetype least = std::clamp<qsizetype>(name.size() / 3, 1, 3) + 1;
    for (const QString &candidate : known) {
        if (candidate == name || candidate.size() > longest || std::abs(candidate.size() - name.size()) >= 4)
            continue;
        const qsizetype changes = candidate.compare(name, Qt::CaseInsensitive) == 0 ? 0 : distance(name, candidate);
        if (changes < least) {
            least = changes;
            best = candidate;
        }
    }
    return best;
}

QString didYouMean(const QString &name, const QStringList &known)
{
    const QString said = saidHere(name, known);
    const QString meant = said.isEmpty() ? closest(name, known) : said;
    return meant.isEmpty() ? QString() : QCoreApplication::translate("Expression", "; did you mean \"%1\"?").arg(meant);
}

} // namespace flow::cel
