// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/suggest.h"

#include "base/similar_word.h"

#include <QCoreApplication>
#include <QHash>

namespace flow::cel {

namespace {

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
    QStringList others = known;
    others.removeAll(name);
    return similarWord(name, others, std::clamp<qsizetype>(name.size() / 3, 1, 3));
}

QString didYouMean(const QString &name, const QStringList &known)
{
    const QString said = saidHere(name, known);
    const QString meant = said.isEmpty() ? closest(name, known) : said;
    return meant.isEmpty() ? QString() : QCoreApplication::translate("Expression", "; did you mean \"%1\"?").arg(meant);
}

} // namespace flow::cel
