// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/text_search.h"

#include <QList>

namespace flow::cel {

namespace {

/// Of each beginning of the text, how long the longest shorter beginning is that it ends with.
QList<qsizetype> overlaps(QStringView text)
{
    QList<qsizetype> lengths(text.size(), 0);
    qsizetype length = 0;
    for (qsizetype i = 1; i < text.size(); ++i) {
        while (length > 0 && text[i] != text[length])
            length = lengths.at(length - 1);
        length += text[i] == text[length] ? 1 : 0;
        lengths[i] = length;
    }
    return lengths;
}

} // namespace

// Knuth, Morris and Pratt: never looks back in the text.
bool isPartOf(QStringView part, QStringView text)
{
    constexpr qsizetype fewCharacters = 8; // for which the product is as good
    if (part.size() <= fewCharacters)
        return text.contains(part);
    if (part.size() > text.size())
        return false;
    const QList<qsizetype> back = overlaps(part);
    qsizetype matched = 0;
    for (const QChar c : text) {
        while (matched > 0 && c != part[matched])
            matched = back.at(matched - 1);
        matched += c == part[matched] ? 1 : 0;
        if (matched == part.size())
            return true;
    }
    return false;
}

} // namespace flow::cel
