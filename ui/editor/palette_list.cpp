// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/palette_list.h"

#include "editor/palette_model.h"
#include "look/painting.h"

#include <QDrag>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QStyledItemDelegate>

namespace flow {
namespace {

constexpr int tile = 24;

class PaletteDelegate : public QStyledItemDelegate
{
public:
    PaletteDelegate(const Look *look, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_look(look)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return QSize(option.rect.width(), index.data(PaletteModel::IsHeadingRole).toBool() ? 30 : measure::row);
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        QRectF rect = QRectF(option.rect).adjusted(measure::space3, 0, -measure::space3, 0);
        if (index.data(PaletteModel::IsHeadingRole).toBool()) {
            painter->setFont(m_look->font(Look::Text::SmallStrong));
            painter->setPen(m_look->color(Role::Muted));
            paintText(painter, rect.adjusted(0, 8, 0, 0), Qt::AlignLeft, index.data().toString());
        } else {
            paintTask(painter, rect, option, index);
        }
        painter->restore();
    }

private:
    void paintTask(QPainter *painter, QRectF rect, const QStyleOptionViewItem &option, const QModelIndex &index) const
    {
        paintRow(painter, *m_look, option);
        const QString group = index.data(PaletteModel::GroupRole).toString();
        const QRectF place(rect.left(), rect.center().y() - tile / 2.0, tile, tile);
        paintTile(painter, *m_look, place, index.data(PaletteModel::IconRole).toString(), m_look->groupRole(group));
        rect.setLeft(place.right() + 9);
        const auto *model = qobject_cast<const PaletteModel *>(index.model());
        if (model && model->isSearching()) {
            painter->setFont(m_look->font(Look::Text::Small));
            painter->setPen(m_look->color(Role::Muted));
            const double width = std::min(tabularWidth(painter->font(), group), rect.width() / 3);
            paintText(painter, QRectF(rect.right() - width, rect.top(), width, rect.height()), Qt::AlignRight, group);
            rect.setRight(rect.right() - width - measure::space2);
        }
        painter->setFont(m_look->font(Look::Text::Body));
        painter->setPen(m_look->color(Role::Text));
        paintText(painter, rect, Qt::AlignLeft, index.data().toString());
    }

    const Look *m_look;
};

} // namespace

PaletteList::PaletteList(const Look *look, QWidget *parent)
    : QListView(parent)
    , m_look(look)
{
    setItemDelegate(new PaletteDelegate(look, this));
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setDragEnabled(true);
    setDragDropMode(DragOnly);
    setMouseTracking(true);
    setResizeMode(Adjust);
    setAccessibleName(tr("Task types"));
}

QPixmap PaletteList::dragPicture(const QModelIndex &index) const
{
    constexpr int margin = 4;
    const QSize card(measure::cardWidth, 52);
    const double ratio = devicePixelRatioF();
    QPixmap picture((card + QSize(2 * margin, 2 * margin)) * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF rect(QPointF(margin, margin), card);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_look->color(Role::Shadow));
    painter.drawRoundedRect(rect.translated(0, 2), measure::cardRadius, measure::cardRadius);
    painter.setPen(QPen(m_look->color(Role::Accent), 1));
    painter.setBrush(m_look->color(Role::Card));
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), measure::cardRadius, measure::cardRadius);
    paintTile(&painter, *m_look, QRectF(rect.left() + 10, rect.top() + 14, tile, tile),
              index.data(PaletteModel::IconRole).toString(),
              m_look->groupRole(index.data(PaletteModel::GroupRole).toString()));
    const QRectF words = rect.adjusted(10 + tile + 9, 0, -10, 0);
    painter.setFont(m_look->font(Look::Text::BodyStrong));
    painter.setPen(m_look->color(Role::Text));
    paintText(&painter, QRectF(words.left(), rect.top() + 8, words.width(), 18), Qt::AlignLeft,
              index.data().toString());
    painter.setFont(m_look->font(Look::Text::Small));
    painter.setPen(m_look->color(Role::Muted));
    paintText(&painter, QRectF(words.left(), rect.top() + 26, words.width(), 16), Qt::AlignLeft,
              index.data(PaletteModel::NameRole).toString());
    return picture;
}

void PaletteList::startDrag(Qt::DropActions)
{
    const QModelIndex index = currentIndex();
    if (!index.isValid() || !(index.flags() & Qt::ItemIsDragEnabled))
        return;
    auto *drag = new QDrag(this);
    drag->setMimeData(model()->mimeData({index}));
    drag->setPixmap(dragPicture(index));
    drag->setHotSpot(QPoint(20, 20));
    drag->exec(Qt::CopyAction);
}

void PaletteList::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT taken(currentIndex());
        return;
    }
    QListView::keyPressEvent(event);
}

void PaletteList::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && (index.flags() & Qt::ItemIsEnabled))
        Q_EMIT taken(index);
}

} // namespace flow
