// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/log_panel.h"

#include "look/format.h"
#include "look/search_field.h"
#include "look/small_widgets.h"
#include "monitor/log_delegate.h"
#include "monitor/log_model.h"
#include "monitor/panel_bar.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QListView>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>

namespace flow {
namespace {

constexpr int frameMs = 16;

} // namespace

class LogPanel::Private
{
public:
    enum Page { Lines, Empty };

    Private(const Look *look, LogPanel *panel)
        : model(new LogModel(panel))
        , bar(new PanelBar(look, panel))
        , level(new QComboBox)
        , search(new SearchField(look, tr("Filter lines")))
        , list(new QListView)
        , delegate(new LogDelegate(look, list))
        , empty(new EmptyState(look, QStringLiteral("log")))
        , stack(new QStackedWidget(panel))
        , frame(new QTimer(panel))
    {
        level->addItem(tr("All lines"), int(LogLevel::Debug));
        level->addItem(tr("Without details"), int(LogLevel::Info));
        level->addItem(tr("Warnings and errors"), int(LogLevel::Warning));
        level->addItem(tr("Errors only"), int(LogLevel::Error));
        level->setAccessibleName(tr("Which lines"));
        search->setFixedWidth(180);
        bar->add(level);
        bar->add(search);
        follow = bar->addButton(QStringLiteral("arrow-down"), tr("Follow the newest line"));
        follow->setCheckable(true);
        follow->setChecked(true);
        copy = bar->addButton(QStringLiteral("copy"), tr("Copy all lines shown"));
        list->setObjectName(QStringLiteral("lines"));
        list->setModel(model);
        list->setItemDelegate(delegate);
        list->setUniformItemSizes(true);
        list->setSelectionMode(QListView::ExtendedSelection);
        list->setVerticalScrollMode(QListView::ScrollPerPixel);
        list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        list->setMouseTracking(true);
        list->setAccessibleName(tr("Log lines"));
        stack->addWidget(list);
        stack->addWidget(empty);
        frame->setSingleShot(true);
        frame->setInterval(frameMs);
    }

    void queue(const ExecutionEvent &event)
    {
        if (std::optional<LogLine> line = logLine(event, hasPaused))
            pending.append(std::move(*line));
        hasPaused = hasPaused || std::holds_alternative<ExecutionPaused>(event.what);
        if (!pending.isEmpty() && !frame->isActive())
            frame->start();
    }

    void flush()
    {
        model->append(pending);
        pending.clear();
        showState();
        if (follow->isChecked())
            list->scrollToBottom();
    }

    void showState()
    {
        QString text = title;
        if (model->rowCount() != model->total())
            text += tr("  ·  %1 of %2 lines").arg(formatNumber(model->rowCount()), formatNumber(model->total()));
        if (model->dropped() > 0)
            text += tr("  ·  %1 older lines were left out").arg(formatNumber(model->dropped()));
        bar->setTitle(text);
        copy->setEnabled(model->rowCount() > 0);
        if (model->rowCount() > 0) {
            stack->setCurrentIndex(Lines);
            return;
        }
        if (model->total() > 0) {
            empty->setText(tr("No line matches the filter"));
            empty->setAction(tr("Show all lines"));
        } else {
            empty->setText(title.isEmpty() ? tr("Nothing to read yet") : tr("This run has not said anything yet"),
                           title.isEmpty() ? tr("Run a flow and its tasks report here, line by line.") : QString());
            empty->setAction({});
        }
        stack->setCurrentIndex(Empty);
    }

    void copyRows(QList<int> rows) const
    {
        std::sort(rows.begin(), rows.end());
        QStringList lines;
        for (const int row : rows)
            lines.append(toText(model->line(row)));
        if (!lines.isEmpty())
            QGuiApplication::clipboard()->setText(lines.join(u'\n') + u'\n');
    }

    static QString tr(const char *text) { return LogPanel::tr(text); }

    QString title;
    QList<LogLine> pending;
    bool hasPaused = false; ///< the run that is shown has been, at least once
    LogModel *model;
    PanelBar *bar;
    QComboBox *level;
    SearchField *search;
    QListView *list;
    LogDelegate *delegate;
    EmptyState *empty;
    QStackedWidget *stack;
    QTimer *frame;
    QToolButton *follow;
    QToolButton *copy;
};

LogPanel::LogPanel(Look *look, QWidget *parent)
    : QWidget(parent)
    , d(new Private(look, this))
{
    setProperty("surface", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(d->bar);
    layout->addWidget(d->stack, 1);
    setFocusProxy(d->list);

    const auto filter = [this] {
        d->model->setFilter(LogLevel(d->level->currentData().toInt()), d->search->text());
        d->showState();
        if (d->follow->isChecked())
            d->list->scrollToBottom();
    };
    connect(d->frame, &QTimer::timeout, this, [this] { d->flush(); });
    connect(d->level, &QComboBox::activated, this, filter);
    connect(d->search, &QLineEdit::textChanged, this, filter);
    connect(d->empty, &EmptyState::actionTriggered, this, [this, filter] {
        d->level->setCurrentIndex(0);
        d->search->clear();
        filter();
    });
    connect(d->follow, &QToolButton::clicked, this, [this](bool on) {
        if (on)
            d->list->scrollToBottom();
    });
    // Looking at older lines ends following, coming back to the end begins it again.
    connect(d->list->verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        const QScrollBar *scroll = d->list->verticalScrollBar();
        d->follow->setChecked(scroll->sliderPosition() >= scroll->maximum());
    });
    connect(d->copy, &QToolButton::clicked, this, [this] {
        QList<int> rows(d->model->rowCount());
        std::iota(rows.begin(), rows.end(), 0);
        d->copyRows(rows);
    });
    auto *copySelected = new QAction(tr("Copy"), d->list);
    copySelected->setShortcut(QKeySequence::Copy);
    copySelected->setShortcutContext(Qt::WidgetShortcut);
    d->list->addAction(copySelected);
    d->list->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(copySelected, &QAction::triggered, this, [this] {
        QList<int> rows;
        const QModelIndexList chosen = d->list->selectionModel()->selectedRows();
        for (const QModelIndex &index : chosen)
            rows.append(index.row());
        d->copyRows(rows);
    });
    connect(d->delegate, &LogDelegate::taskClicked, this, &LogPanel::taskActivated);
    d->showState();
}

LogPanel::~LogPanel()
{
    delete d;
}

void LogPanel::clear(const QString &title)
{
    d->title = title;
    d->pending.clear();
    d->hasPaused = false;
    d->frame->stop();
    d->model->clear();
    d->follow->setChecked(true);
    d->showState();
}

void LogPanel::append(const ExecutionEvent &event)
{
    d->queue(event);
}

void LogPanel::append(const QList<ExecutionEvent> &events)
{
    for (const ExecutionEvent &event : events)
        d->queue(event);
}

} // namespace flow
