// SPDX-License-Identifier: GPL-3.0-or-later
#include "look/painting.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QStyleOptionViewItem>

namespace flow {
namespace {

double digitWidth(const QFontMetricsF &metrics)
{
    double widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        widest = std::max(widest, metrics.horizontalAdvance(QChar(digit)));
    return widest;
}

/// Calls `piece(text, width, isDigit)` for each digit and each run of other characters.
template <typename Piece>
void split(const QString &text, const QFontMetricsF &metrics, Piece piece)
{
    const double wide = digitWidth(metrics);
    qsizetype at = 0;
    while (at < text.size()) {
        qsizetype end = at;
        while (end < text.size() && !text[end].isDigit())
            ++end;
        if (end > at) {
            const QString run = text.mid(at, end - at);
            piece(run, metrics.horizontalAdvance(run), false);
        }
        if (end < text.size())
            piece(text.mid(end, 1), wide, true);
        at = end + 1;
    }
}

} // namespace

void paintTile(QPainter *painter, const Look &look, const QRectF &rect, const QString &icon, Role role)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(look.color(tintOf(role)));
    painter->drawRoundedRect(rect, measure::controlRadius, measure::controlRadius);
    painter->restore();
    paintIcon(painter, look, rect, icon, role, rect.width() >= 32 ? 18 : 14);
}

void paintIcon(QPainter *painter, const Look &look, const QRectF &rect, const QString &icon, Role role, int size)
{
    QRectF place(0, 0, size, size);
    place.moveCenter(rect.center());
    look.icon(icon, role).paint(painter, QRect(place.topLeft().toPoint(), place.size().toSize()));
}

void paintRow(QPainter *painter, const Look &look, const QStyleOptionViewItem &option)
{
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, look.color(Role::AccentTint));
    else if ((option.state & QStyle::State_MouseOver) && (option.state & QStyle::State_Enabled))
        painter->fillRect(option.rect, mixed(look.color(Role::Panel), look.color(Role::Text), 0.04));
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange)) {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(look.color(Role::Accent), measure::selectionRing));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(option.rect).adjusted(2, 1, -2, -1), 4, 4);
        painter->restore();
    }
}

double tabularWidth(const QFont &font, const QString &text)
{
    double width = 0;
    split(text, QFontMetricsF(font), [&width](const QString &, double pieceWidth, bool) { width += pieceWidth; });
    return width;
}

void paintText(QPainter *painter, const QRectF &rect, Qt::Alignment alignment, const QString &text)
{
    const QFontMetricsF metrics(painter->font(), painter->device());
    QString line = text;
    line.replace(u'\n', u' ');
    double width = tabularWidth(painter->font(), line);
    if (width > rect.width() + 0.5) {
        // Wide digits make the line a little longer than the metrics think: give up as much room as they add.
        const double extra = width - metrics.horizontalAdvance(line);
        line = metrics.elidedText(line, Qt::ElideRight, std::max(0.0, rect.width() - extra));
        width = tabularWidth(painter->font(), line);
    }
    double x = rect.left();
    if (alignment & Qt::AlignRight)
        x = rect.right() - width;
    else if (alignment & Qt::AlignHCenter)
        x = rect.center().x() - width / 2;
    const double baseline = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2;
    split(line, metrics, [&](const QString &piece, double pieceWidth, bool digit) {
        const double inset = digit ? (pieceWidth - metrics.horizontalAdvance(piece)) / 2 : 0;
        painter->drawText(QPointF(x + inset, baseline), piece);
        x += pieceWidth;
    });
}

} // namespace flow
