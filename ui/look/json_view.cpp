// SPDX-License-Identifier: GPL-3.0-or-later
#include "look/json_view.h"

#include "base/json.h"
#include "look/format.h"
#include "look/json_table_model.h"
#include "look/json_tree_model.h"
#include "look/small_widgets.h"

#include <QButtonGroup>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace flow {
namespace {

constexpr qsizetype mostText = 1024 * 1024; ///< characters shown as text; copying takes all

} // namespace

class JsonView::Private
{
public:
    Private(const Look *look_, JsonView *view)
        : look(look_)
        , title(new QLabel(view))
        , note(new QLabel(view))
        , buttons(new QButtonGroup(view))
        , copyButton(new QToolButton(view))
        , tree(new QTreeView)
        , table(new QTableView)
        , text(new QPlainTextEdit)
        , emptyPage(new QWidget)
        , empty(new QLabel)
        , stack(new QStackedWidget(view))
        , treeModel(new JsonTreeModel(look, view))
        , tableModel(new JsonTableModel(look, view))
    {
        setTone(title, Tone::Heading);
        setTone(note, Tone::Muted);
        setTone(empty, Tone::Muted);
        empty->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        empty->setWordWrap(true);
        tree->setModel(treeModel);
        tree->setUniformRowHeights(true);
        tree->setHeaderHidden(true);
        tree->setAlternatingRowColors(false);
        tree->header()->setStretchLastSection(true);
        tree->setIndentation(measure::space4);
        table->setModel(tableModel);
        table->setProperty("dense", true);
        table->setShowGrid(false);
        table->setAlternatingRowColors(true);
        table->verticalHeader()->setDefaultSectionSize(26);
        table->setHorizontalScrollMode(QTableView::ScrollPerPixel);
        table->setWordWrap(false);
        text->setReadOnly(true);
        text->setFont(look->font(Look::Text::Code));
        text->setLineWrapMode(QPlainTextEdit::NoWrap);
        text->setFrameShape(QFrame::NoFrame);
        text->setStyleSheet(QStringLiteral("QPlainTextEdit { background: transparent; border: none; }"));
        for (QWidget *page :
             {static_cast<QWidget *>(tree), static_cast<QWidget *>(table), static_cast<QWidget *>(text), emptyPage})
            stack->addWidget(page);
        auto *around = new QVBoxLayout(emptyPage);
        around->setContentsMargins(measure::space3, measure::space1, measure::space3, 0);
        around->addWidget(empty, 1);
    }

    void show()
    {
        const bool nothing = value.isUndefined();
        const bool simple = !value.isObject() && !value.isArray();
        for (QAbstractButton *button : buttons->buttons())
            button->setVisible(!nothing && !simple && (buttons->id(button) != int(Mode::Table) || tableHere));
        copyButton->setVisible(!nothing);
        Mode shown = mode == Mode::Table && !tableHere ? Mode::Tree : mode;
        if (QAbstractButton *button = buttons->button(int(shown)))
            button->setChecked(true);
        if (nothing) {
            stack->setCurrentWidget(emptyPage);
        } else if (shown == Mode::Text) {
            showText();
            stack->setCurrentWidget(text);
        } else {
            stack->setCurrentIndex(int(shown));
        }
        showNote(shown);
    }

    void showText()
    {
        const QString all = QString::fromUtf8(json::write(value));
        text->setPlainText(all.left(mostText));
        cut = all.size() > mostText;
    }

    void showNote(Mode shown)
    {
        if (shown == Mode::Table && tableHere)
            note->setText(JsonView::tr("%1 rows").arg(formatNumber(tableModel->rowCount())));
        else if (shown == Mode::Text && cut)
            note->setText(JsonView::tr("the first part of a long text; Copy takes all"));
        else
            note->clear();
    }

    const Look *look;
    QLabel *title;
    QLabel *note;
    QButtonGroup *buttons;
    QToolButton *copyButton;
    QTreeView *tree;
    QTableView *table;
    QPlainTextEdit *text;
    QWidget *emptyPage;
    QLabel *empty;
    QStackedWidget *stack;
    JsonTreeModel *treeModel;
    JsonTableModel *tableModel;
    QJsonValue value = QJsonValue::Undefined;
    Mode mode = Mode::Tree;
    bool tableHere = false;
    bool cut = false;
};

JsonView::JsonView(const Look *look, QWidget *parent)
    : QWidget(parent)
    , d(new Private(look, this))
{
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(measure::space3, measure::space1, measure::space1, measure::space1);
    bar->setSpacing(2);
    bar->addWidget(d->title);
    bar->addSpacing(measure::space2);
    bar->addWidget(d->note, 1);
    const auto addMode = [&](Mode mode, const QString &icon, const QString &tip) {
        auto *button = new QToolButton(this);
        setKind(button, ButtonKind::Small);
        button->setIcon(look->icon(icon, Role::Muted));
        button->setToolTip(tip);
        button->setAccessibleName(tip);
        button->setCheckable(true);
        d->buttons->addButton(button, int(mode));
        bar->addWidget(button);
    };
    addMode(Mode::Tree, QStringLiteral("tidy"), tr("As a tree"));
    addMode(Mode::Table, QStringLiteral("table"), tr("As a table"));
    addMode(Mode::Text, QStringLiteral("braces"), tr("As text"));
    setKind(d->copyButton, ButtonKind::Small);
    d->copyButton->setIcon(look->icon(QStringLiteral("copy"), Role::Muted));
    d->copyButton->setToolTip(tr("Copy as JSON"));
    d->copyButton->setAccessibleName(d->copyButton->toolTip());
    QSizePolicy kept = d->copyButton->sizePolicy();
    kept.setRetainSizeWhenHidden(true); // so that titles side by side stand level, with buttons or without
    d->copyButton->setSizePolicy(kept);
    bar->addWidget(d->copyButton);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(d->stack, 1);

    connect(d->buttons, &QButtonGroup::idClicked, this, [this](int id) { setMode(Mode(id)); });
    connect(d->copyButton, &QToolButton::clicked, this, &JsonView::copy);
    setValue({}, QJsonValue::Undefined, {});
}

JsonView::~JsonView()
{
    delete d;
}

void JsonView::setValue(const QString &title, const QJsonValue &value, const QString &emptyText)
{
    d->title->setText(title);
    d->empty->setText(emptyText);
    if (value == d->value && value.type() == d->value.type()) {
        d->show();
        return;
    }
    d->value = value;
    d->treeModel->setValue(value);
    const std::optional<JsonTable> found = tableIn(value);
    d->tableHere = found.has_value();
    d->tableModel->setRows(found ? found->rows : QJsonArray());
    if (found) {
        d->table->resizeColumnsToContents();
        for (int column = 0; column < d->tableModel->columnCount(); ++column)
            d->table->setColumnWidth(column, std::clamp(d->table->columnWidth(column), 60, 280));
    }
    d->tree->expandToDepth(0);
    d->tree->resizeColumnToContents(JsonTreeModel::Key);
    d->tree->setColumnWidth(JsonTreeModel::Key, std::clamp(d->tree->columnWidth(0), 110, 220));
    d->show();
}

QJsonValue JsonView::value() const
{
    return d->value;
}

JsonView::Mode JsonView::mode() const
{
    return d->mode == Mode::Table && !d->tableHere ? Mode::Tree : d->mode;
}

void JsonView::setMode(Mode mode)
{
    d->mode = mode;
    d->show();
}

void JsonView::copy() const
{
    QGuiApplication::clipboard()->setText(QString::fromUtf8(json::write(d->value)));
}

} // namespace flow
