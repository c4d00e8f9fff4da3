// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/library_panel.h"

#include "look/search_field.h"
#include "shell/library_delegate.h"

#include <QAction>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTimer>
#include <QVBoxLayout>

namespace flow {

LibraryPanel::LibraryPanel(Look *look, QWidget *parent)
    : QWidget(parent)
    , m_model(new LibraryModel(this))
    , m_delegate(new LibraryDelegate(look, this))
    , m_filtered(new QSortFilterProxyModel(this))
    , m_filter(new SearchField(look, tr("Filter flows"), this))
    , m_list(new QListView(this))
    , m_message(new QLabel(this))
{
    setProperty("surface", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    m_filter->setObjectName(QStringLiteral("libraryFilter"));
    m_filtered->setSourceModel(m_model);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_list->setObjectName(QStringLiteral("library"));
    m_list->setAccessibleName(tr("Flows"));
    m_list->setModel(m_filtered);
    m_list->setItemDelegate(m_delegate);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setMinimumHeight(measure::row * 2);
    m_message->setProperty("tone", QStringLiteral("muted"));
    m_message->setWordWrap(true);
    m_message->setContentsMargins(measure::space3, measure::space2, measure::space3, measure::space2);
    m_empty = makeEmptyPage();

    auto *top = new QHBoxLayout;
    top->setContentsMargins(measure::space3, measure::space2, measure::space3, measure::space2);
    top->addWidget(m_filter);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_message);
    layout->addWidget(m_empty);
    layout->addWidget(m_list, 1);
    layout->addStretch(0);

    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filtered->setFilterFixedString(text);
        refresh();
    });
    connect(m_filter, &SearchField::stepped, this, [this](int rows) {
        const int row = qBound(0, m_list->currentIndex().row() + rows, m_filtered->rowCount() - 1);
        m_list->setCurrentIndex(m_filtered->index(row, 0));
    });
    connect(m_filter, &SearchField::accepted, this, [this] {
        if (m_list->currentIndex().isValid())
            Q_EMIT openRequested(idAt(m_list->currentIndex()));
    });
    connect(m_list, &QListView::activated, this,
            [this](const QModelIndex &index) { Q_EMIT openRequested(idAt(index)); });
    connect(m_list, &QWidget::customContextMenuRequested, this, &LibraryPanel::showMenu);
    connect(m_model, &QAbstractItemModel::modelReset, this, &LibraryPanel::refresh);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &LibraryPanel::refresh);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &LibraryPanel::refresh);

    auto *remove = new QAction(this);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    connect(remove, &QAction::triggered, this, [this] {
        if (m_list->currentIndex().isValid())
            Q_EMIT deleteRequested(idAt(m_list->currentIndex()));
    });
    m_list->addAction(remove);

    // "5 min ago" grows older by itself.
    auto *clock = new QTimer(this);
    connect(clock, &QTimer::timeout, m_list->viewport(), qOverload<>(&QWidget::update));
    clock->start(30'000);
    refresh();
}

QWidget *LibraryPanel::makeEmptyPage()
{
    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(measure::space3, measure::space1, measure::space3, measure::space3);
    layout->setSpacing(measure::space2);
    auto *text = new QLabel(tr("No flows yet. Draw your own, or look at the example."), page);
    text->setWordWrap(true);
    text->setProperty("tone", QStringLiteral("muted"));
    layout->addWidget(text);
    auto *example = new QPushButton(tr("Open the example"), page);
    example->setObjectName(QStringLiteral("libraryExample"));
    connect(example, &QPushButton::clicked, this, &LibraryPanel::exampleRequested);
    layout->addWidget(example, 0, Qt::AlignLeft);
    return page;
}

void LibraryPanel::setLoading(const QString &text)
{
    m_loading = text;
    refresh();
}

void LibraryPanel::setOpenFlow(const FlowId &id)
{
    m_delegate->setOpenFlow(id);
    m_list->viewport()->update();
    // What a person has chosen in the list stays until another flow comes to the front, and so does a name being
    // edited.
    const bool isSame = std::exchange(m_openFlow, id) == id && m_list->currentIndex().isValid();
    if (isSame || m_list->isPersistentEditorOpen(m_list->currentIndex()))
        return;
    m_list->setCurrentIndex({});
    for (int row = 0; row < m_filtered->rowCount(); ++row) {
        if (idAt(m_filtered->index(row, 0)) == id)
            m_list->setCurrentIndex(m_filtered->index(row, 0));
    }
}

void LibraryPanel::editName(const FlowId &id)
{
    for (int row = 0; row < m_filtered->rowCount(); ++row) {
        const QModelIndex index = m_filtered->index(row, 0);
        if (idAt(index) != id)
            continue;
        m_list->setCurrentIndex(index);
        m_list->edit(index);
    }
}

void LibraryPanel::refresh()
{
    const bool none = m_model->rowCount() == 0;
    const bool noHit = !none && m_filtered->rowCount() == 0;
    m_filter->setEnabled(!none);
    m_message->setText(!m_loading.isEmpty() ? m_loading : tr("No flow has “%1” in its name.").arg(m_filter->text()));
    m_message->setVisible(!m_loading.isEmpty() || noHit);
    m_empty->setVisible(none && m_loading.isEmpty());
    m_list->setVisible(!none && !noHit);
}

FlowId LibraryPanel::idAt(const QModelIndex &index) const
{
    return index.data(LibraryModel::IdRole).toString();
}

void LibraryPanel::showMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QModelIndex index = m_list->indexAt(position);
    if (index.isValid()) {
        const FlowId id = idAt(index);
        menu->addAction(tr("Open"), this, [this, id] { Q_EMIT openRequested(id); });
        menu->addAction(tr("Rename"), QKeySequence(Qt::Key_F2), this, [this, id] { editName(id); });
        menu->addAction(tr("Duplicate"), this, [this, id] { Q_EMIT duplicateRequested(id); });
        menu->addAction(tr("Export..."), this, [this, id] { Q_EMIT exportRequested(id); });
        menu->addSeparator();
        menu->addAction(tr("Delete..."), QKeySequence(QKeySequence::Delete), this,
                        [this, id] { Q_EMIT deleteRequested(id); });
        menu->addSeparator();
    }
    menu->addAction(tr("New flow"), this, &LibraryPanel::newRequested);
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

} // namespace flow
