// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/canvas/far_names.h"

#include "editor/canvas/obstacles.h"

#include <algorithm>
#include <cmath>

namespace flow {

namespace {

constexpr int mostLevels = 9;
constexpr double air = 2;
constexpr double longestName = 150;

/// What is taken on the screen: cards, names and the lines to them.
class Map
{
public:
    explicit Map(const QList<FarCard> &cards)
    {
        for (const FarCard &card : cards)
            m_cards.insert(m_nextId++, card.rect);
    }
    /// `mayCross`: where it is crowded, a line may pass behind a name.
    bool offer(const FarName &place, bool mayCross)
    {
        const QRectF name = place.rect.adjusted(-air, 0, air, 0);
        if (m_cards.hits(name) || m_names.hits(name) || (!mayCross && m_lines.hits(name)))
            return false;
        const QRectF line = QRectF(place.leader.p1(), place.leader.p2()).normalized().adjusted(-1, 1, 1, -1);
        const bool hasLine = !place.leader.isNull();
        if (hasLine && (m_cards.hits(line) || (!mayCross && m_names.hits(line))))
            return false;
        m_names.insert(m_nextId++, place.rect);
        if (hasLine)
            m_lines.insert(m_nextId++, line);
        return true;
    }

private:
    Obstacles m_cards, m_names, m_lines;
    int m_nextId = 0;
};

/// The places of one name from the best to the worst: near before far, below before above, in the middle before aside.
QList<FarName> placesFor(const FarCard &card, QSizeF size)
{
    QList<FarName> places;
    const QPointF middle = card.rect.center();
    for (int level = 0; level < mostLevels; ++level) {
        for (const bool below : {true, false}) {
            const double off = air + level * (size.height() + 1);
            const double top = below ? card.rect.bottom() + off : card.rect.top() - off - size.height();
            for (const double part : {0.5, 0.1, 0.9}) {
                FarName place{card.name, QRectF(QPointF(middle.x() - part * size.width(), top), size), {}};
                if (level > 0)
                    place.leader = below ? QLineF(middle.x(), card.rect.bottom(), middle.x(), top)
                                         : QLineF(middle.x(), card.rect.top(), middle.x(), top + size.height());
                places << place;
            }
        }
    }
    return places;
}

QStringList wordsOf(const QString &name)
{
    QStringList words{QString()};
    for (const QChar letter : name) {
        words.last() += letter;
        if (letter == u'_' || letter == u'-' || letter == u'.' || letter.isSpace())
            words << QString();
    }
    words.removeAll(QString());
    return words;
}

} // namespace

QList<FarName> placeFarNames(QList<FarCard> cards, const QFontMetricsF &metrics)
{
    std::sort(cards.begin(), cards.end(), [](const FarCard &a, const FarCard &b) {
        return std::pair(a.rect.x(), a.rect.y()) < std::pair(b.rect.x(), b.rect.y());
    });
    Map map(cards);
    QList<FarName> names;
    for (const FarCard &card : std::as_const(cards)) {
        const QString text = metrics.elidedText(card.name, Qt::ElideRight, longestName);
        const QSizeF size(std::ceil(metrics.horizontalAdvance(text)) + 2, std::ceil(metrics.height()));
        const QList<FarName> places = placesFor({text, card.rect}, size);
        for (const bool mayCross : {false, true}) {
            const auto isFree = [&map, mayCross](const FarName &place) { return map.offer(place, mayCross); };
            const auto found = std::find_if(places.begin(), places.end(), isFree);
            if (found == places.end())
                continue;
            names << *found;
            break;
        }
    }
    return names;
}

QStringList nameLines(const QString &name, const QFontMetricsF &metrics, QSizeF size)
{
    const qsizetype most = std::max<qsizetype>(1, qsizetype(size.height() / metrics.height()));
    QStringList lines;
    for (const QString &word : wordsOf(name)) {
        const bool fits =
            !lines.isEmpty() && metrics.horizontalAdvance((lines.last() + word).trimmed()) <= size.width();
        if (fits || lines.size() == most)
            lines.last() += word;
        else
            lines << word;
    }
    for (QString &line : lines)
        line = metrics.elidedText(line.trimmed(), Qt::ElideRight, size.width());
    return lines;
}

} // namespace flow
