// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/canvas/quick_task_menu.h"

#include "look/painting.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QScreen>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace flow {

namespace {

/// Rows as in the palette: heading, or icon tile and title.
class MenuDelegate final : public QStyledItemDelegate
{
public:
    MenuDelegate(const Look *look, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_look(look)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        return {200, index.data(PaletteModel::IsHeadingRole).toBool() ? 26 : measure::row};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const bool isHeading = index.data(PaletteModel::IsHeadingRole).toBool();
        const QString title = index.data(Qt::DisplayRole).toString();
        QRectF text = QRectF(option.rect).adjusted(measure::space3, 0, -measure::space2, 0);
        if (isHeading) {
            painter->setFont(m_look->font(Look::Text::SmallStrong));
            painter->setPen(m_look->color(Role::Muted));
        } else {
            paintRow(painter, *m_look, option);
            const Role role = m_look->groupRole(index.data(PaletteModel::GroupRole).toString());
            const QRectF tile(option.rect.left() + 8, option.rect.center().y() - 11, 24, 24);
            paintTile(painter, *m_look, tile, index.data(PaletteModel::IconRole).toString(), role);
            text.setLeft(tile.right() + measure::space2);
            painter->setFont(m_look->font(Look::Text::Body));
            painter->setPen(m_look->color(Role::Text));
        }
        paintText(painter, text, Qt::AlignLeft, title);
    }

private:
    const Look *m_look;
};

} // namespace

QuickTaskMenu::QuickTaskMenu(const TaskTypes *types, Look *look, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_model(types)
    , m_search(new QLineEdit(this))
    , m_list(new QListView(this))
{
    setObjectName(QStringLiteral("quickTaskMenu"));
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::StyledPanel);
    m_search->setPlaceholderText(tr("Search %n task(s)", nullptr, int(types->size())));
    m_search->setAccessibleName(tr("Search tasks"));
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new MenuDelegate(look, m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(measure::space2, measure::space2, measure::space2, measure::space2);
    column->setSpacing(measure::space2);
    column->addWidget(m_search);
    column->addWidget(m_list);
    resize(260, 340);

    connect(m_search, &QLineEdit::textChanged, this, &QuickTaskMenu::search);
    connect(m_list, &QListView::clicked, this, &QuickTaskMenu::choose);
    m_search->installEventFilter(this);
    search(QString());
}

void QuickTaskMenu::openAt(QPoint globalPosition)
{
    QPoint corner = globalPosition;
    if (const QScreen *screen = QGuiApplication::screenAt(globalPosition)) {
        const QRect room = screen->availableGeometry().adjusted(4, 4, -4, -4);
        corner.setX(std::max(room.left(), std::min(corner.x(), room.right() - width())));
        corner.setY(std::max(room.top(), std::min(corner.y(), room.bottom() - height())));
    }
    move(corner);
    show();
    m_search->setFocus();
}

void QuickTaskMenu::search(const QString &text)
{
    m_model.setSearch(text);
    const int row = m_model.firstTaskRow();
    m_list->setCurrentIndex(row >= 0 ? m_model.index(row) : QModelIndex());
}

void QuickTaskMenu::choose(const QModelIndex &index)
{
    const QString name = index.data(PaletteModel::NameRole).toString();
    if (name.isEmpty())
        return;
    Q_EMIT chosen(name);
    close();
}

void QuickTaskMenu::step(int by)
{
    for (int row = m_list->currentIndex().row() + by; row >= 0 && row < m_model.rowCount(); row += by) {
        if (!m_model.index(row).data(PaletteModel::IsHeadingRole).toBool()) {
            m_list->setCurrentIndex(m_model.index(row));
            return;
        }
    }
}

bool QuickTaskMenu::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Down:
            step(1);
            return true;
        case Qt::Key_Up:
            step(-1);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            choose(m_list->currentIndex());
            return true;
        default:
            break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace flow
