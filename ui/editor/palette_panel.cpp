// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/palette_panel.h"

#include "editor/palette_list.h"
#include "editor/palette_model.h"
#include "look/search_field.h"
#include "look/small_widgets.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace flow {

class PalettePanel::Private
{
public:
    Private(const TaskTypes *types, const Look *look, PalettePanel *panel)
        : model(new PaletteModel(types, panel))
        , search(new SearchField(look, tr("Search %1 tasks").arg(types->size()), panel))
        , list(new PaletteList(look))
        , empty(new EmptyState(look, QStringLiteral("search")))
        , stack(new QStackedWidget(panel))
    {
        list->setModel(model);
        stack->addWidget(list);
        stack->addWidget(empty);
    }

    void searchFor(const QString &text)
    {
        model->setSearch(text);
        const int first = model->firstTaskRow();
        if (first >= 0 && model->isSearching())
            list->setCurrentIndex(model->index(first));
        empty->setText(tr("No task matches “%1”").arg(text.trimmed()), tr("Try another word, or part of one."));
        empty->setAction(tr("Show all tasks"));
        stack->setCurrentIndex(first < 0 ? 1 : 0);
    }

    /// Down and Up in the search field walk over task rows only.
    void step(int rows)
    {
        int row = list->currentIndex().row();
        do
            row = row < 0 ? model->firstTaskRow() : row + rows;
        while (row >= 0 && row < model->rowCount() && model->index(row).data(PaletteModel::IsHeadingRole).toBool());
        if (row < 0 || row >= model->rowCount())
            return;
        list->setCurrentIndex(model->index(row));
        list->setFocus(Qt::TabFocusReason);
    }

    static QString tr(const char *text) { return PalettePanel::tr(text); }

    PaletteModel *model;
    SearchField *search;
    PaletteList *list;
    EmptyState *empty;
    QStackedWidget *stack;
};

PalettePanel::PalettePanel(const TaskTypes *types, Look *look, QWidget *parent)
    : QWidget(parent)
    , d(new Private(types, look, this))
{
    setProperty("surface", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    auto *top = new QVBoxLayout;
    top->setContentsMargins(measure::space3, measure::space2, measure::space3, measure::space2);
    top->addWidget(d->search);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(d->stack);
    setFocusProxy(d->search);

    const auto take = [this](const QModelIndex &index) {
        Q_EMIT taskTypeActivated(index.data(PaletteModel::NameRole).toString());
    };
    connect(d->search, &QLineEdit::textChanged, this, [this](const QString &text) { d->searchFor(text); });
    connect(d->search, &SearchField::stepped, this, [this](int rows) { d->step(rows); });
    connect(d->search, &SearchField::accepted, this, [this, take] {
        if (d->list->currentIndex().isValid() && d->stack->currentIndex() == 0)
            take(d->list->currentIndex());
    });
    connect(d->list, &PaletteList::taken, this, take);
    connect(d->empty, &EmptyState::actionTriggered, this, [this] {
        d->search->clear();
        d->search->setFocus();
    });
}

PalettePanel::~PalettePanel()
{
    delete d;
}

void PalettePanel::focusSearch()
{
    d->search->setFocus(Qt::ShortcutFocusReason);
    d->search->selectAll();
}

} // namespace flow
