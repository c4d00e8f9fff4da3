// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/history_panel.h"

#include "base/clock.h"
#include "look/format.h"
#include "look/small_widgets.h"
#include "monitor/history_delegate.h"
#include "monitor/history_model.h"
#include "monitor/panel_bar.h"

#include <QComboBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace flow {
namespace {

/// Enter opens the current row, as a double-click does.
class HistoryTable : public QTableView
{
public:
    using QTableView::QTableView;

protected:
    void keyPressEvent(QKeyEvent *event) override
    {
        if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid())
            Q_EMIT doubleClicked(currentIndex());
        else
            QTableView::keyPressEvent(event);
    }
};

} // namespace

class HistoryPanel::Private
{
public:
    enum Page { Table, Empty };

    Private(const Look *look_, HistoryPanel *panel)
        : look(look_)
        , model(new HistoryModel(panel))
        , bar(new PanelBar(look, panel))
        , children(new QToolButton)
        , flows(new QComboBox)
        , states(new QComboBox)
        , table(new HistoryTable)
        , delegate(new HistoryDelegate(look, table))
        , empty(new EmptyState(look, QStringLiteral("history")))
        , stack(new QStackedWidget(panel))
        , clock(new QTimer(panel))
    {
        flows->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        flows->setMaximumWidth(260);
        flows->setAccessibleName(tr("Flow"));
        states->setAccessibleName(tr("State"));
        states->addItem(tr("All states"));
        for (const ExecutionStatus status :
             {ExecutionStatus::Running, ExecutionStatus::Paused, ExecutionStatus::Completed, ExecutionStatus::Failure,
              ExecutionStatus::Cancelled, ExecutionStatus::Interrupted, ExecutionStatus::Pending}) {
            const StateLook state = flow::look(status);
            states->addItem(look->icon(state.icon, state.role), state.word, int(status));
        }
        bar->add(flows);
        bar->add(states);
        children->setCheckable(true);
        children->setText(tr("Sub-runs"));
        children->setToolTip(tr("Show also the runs that tasks of other runs have started"));
        children->setObjectName(QStringLiteral("historyChildren"));
        bar->add(children);
        setUpTable();
        stack->addWidget(table);
        stack->addWidget(empty);
        showFlows();
    }

    void setUpTable()
    {
        table->setModel(model);
        table->setItemDelegate(delegate);
        table->setSelectionBehavior(QTableView::SelectRows);
        table->setSelectionMode(QTableView::SingleSelection);
        table->setShowGrid(false);
        table->setMouseTracking(true);
        table->setWordWrap(false);
        table->setVerticalScrollMode(QTableView::ScrollPerPixel);
        table->setTabKeyNavigation(false);
        table->verticalHeader()->hide();
        table->verticalHeader()->setDefaultSectionSize(measure::row);
        QHeaderView *header = table->horizontalHeader();
        header->setHighlightSections(false);
        header->setSectionsClickable(false);
        header->setStretchLastSection(true);
        const int widths[] = {124, 200, 76, 120, 110, 72};
        for (int column = 0; column < int(std::size(widths)); ++column)
            table->setColumnWidth(column, widths[column]);
        table->setAccessibleName(tr("Runs"));
    }

    /// The filter's entries; what was chosen stays chosen.
    void showFlows()
    {
        const QSignalBlocker blocker(flows);
        const QVariant chosen = flows->currentData();
        flows->clear();
        flows->addItem(tr("All flows"), QString());
        if (!current.isEmpty())
            flows->addItem(tr("This flow: %1").arg(names.value(current, current)), current);
        for (const auto &[id, name] : std::as_const(known)) {
            if (id != current)
                flows->addItem(name, id);
        }
        flows->setCurrentIndex(std::max(0, flows->findData(chosen)));
    }

    void showState()
    {
        const qint64 total = model->total();
        bar->setTitle(total == 0 ? QString() : total == 1 ? tr("1 run") : tr("%1 runs").arg(formatNumber(total)));
        if (failed && total > 0)
            bar->setTitle(tr("The history could not be read: %1").arg(error));
        if (model->rowCount() > 0 || (model->isAsking() && !failed)) {
            stack->setCurrentIndex(Table);
            return;
        }
        if (!failed && model->isFiltered()) {
            empty->setText(tr("No run matches these filters"),
                           tr("Runs of other flows or with other results are hidden."));
            empty->setAction(tr("Show all runs"));
        } else if (!failed) {
            empty->setText(tr("No runs yet"),
                           tr("Press F5 to run the open flow. Every run is kept here with its input and output."));
            empty->setAction({});
        }
        stack->setCurrentIndex(Empty);
    }

    void start()
    {
        failed = false;
        const QVariant status = states->currentData();
        model->start(flows->currentData().toString(),
                     status.isValid() ? std::optional(ExecutionStatus(status.toInt())) : std::nullopt,
                     !children->isChecked());
        showState();
    }

    void tick()
    {
        if (table->isVisible())
            model->refreshTimes(systemClock().now());
        clock->setInterval(model->hasRunning() ? 1'000 : 20'000);
    }

    static QString tr(const char *text) { return HistoryPanel::tr(text); }

    QList<QPair<FlowId, QString>> known;
    QHash<FlowId, QString> names;
    FlowId current;
    bool failed = false;
    QString error;
    const Look *look;
    HistoryModel *model;
    PanelBar *bar;
    QToolButton *children; ///< checked: also what other runs started
    QComboBox *flows;
    QComboBox *states;
    QTableView *table;
    HistoryDelegate *delegate;
    EmptyState *empty;
    QStackedWidget *stack;
    QTimer *clock;
};

HistoryPanel::HistoryPanel(Look *look, QWidget *parent)
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
    setFocusProxy(d->table);

    connect(d->bar->addButton(QStringLiteral("reset"), tr("Read again")), &QToolButton::clicked, this,
            &HistoryPanel::reload);
    connect(d->model, &HistoryModel::pageNeeded, this, &HistoryPanel::pageNeeded);
    connect(d->model, &HistoryModel::totalChanged, this, [this] { d->showState(); });
    connect(d->flows, &QComboBox::activated, this, [this] { d->start(); });
    connect(d->states, &QComboBox::activated, this, [this] { d->start(); });
    connect(d->children, &QToolButton::toggled, this, [this] { d->start(); });
    connect(d->table, &QTableView::doubleClicked, this,
            [this](const QModelIndex &index) { Q_EMIT executionActivated(d->model->execution(index.row()).id); });
    d->table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(d->table, &QTableView::customContextMenuRequested, this, &HistoryPanel::showMenu);
    connect(d->delegate, &HistoryDelegate::stopClicked, this,
            [this](int row) { Q_EMIT cancelRequested(d->model->execution(row).id); });
    connect(d->empty, &EmptyState::actionTriggered, this, [this] {
        if (!d->failed) {
            d->flows->setCurrentIndex(0);
            d->states->setCurrentIndex(0);
        }
        d->start();
    });
    connect(d->clock, &QTimer::timeout, this, [this] { d->tick(); });
    d->clock->start(1'000);
    d->showState();
}

HistoryPanel::~HistoryPanel()
{
    delete d;
}

void HistoryPanel::setFlows(const QList<QPair<FlowId, QString>> &flows)
{
    d->known = flows;
    d->names.clear();
    for (const auto &[id, name] : flows)
        d->names.insert(id, name);
    d->model->setFlowNames(d->names);
    d->showFlows();
}

void HistoryPanel::setCurrentFlow(const FlowId &id)
{
    if (d->current == id)
        return;
    const bool followed = !d->current.isEmpty() && d->flows->currentData().toString() == d->current;
    d->current = id;
    d->showFlows();
    if (!followed)
        return;
    // "This flow" follows the flow in front.
    d->flows->setCurrentIndex(id.isEmpty() ? 0 : d->flows->findData(id));
    d->start();
}

void HistoryPanel::showPage(const ExecutionQuery &query, const Page<Execution> &page)
{
    d->failed = false;
    d->model->takePage(query, page);
    d->showState();
}

void HistoryPanel::showError(const QString &text)
{
    d->model->failed();
    d->failed = true;
    d->error = text;
    d->empty->setText(tr("The history could not be read"), text);
    d->empty->setAction(tr("Try again"));
    d->showState();
}

void HistoryPanel::updateExecution(const Execution &execution)
{
    d->model->update(execution);
    d->tick();
}

void HistoryPanel::showPinned(ExecutionId id, bool pinned)
{
    d->model->setPinned(id, pinned);
}

void HistoryPanel::showOnly(ExecutionStatus status)
{
    d->flows->setCurrentIndex(0);
    d->states->setCurrentIndex(std::max(0, d->states->findData(int(status))));
    d->start();
}

void HistoryPanel::showMenu(const QPoint &position)
{
    const QModelIndex index = d->table->indexAt(position);
    if (!index.isValid())
        return;
    const Execution run = d->model->execution(index.row());
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("historyMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString &icon, const QString &text, bool enabled, auto act) {
        menu->addAction(d->look->icon(icon), text, this, act)->setEnabled(enabled);
    };
    add(QStringLiteral("eye"), tr("Open"), true, [this, run] { Q_EMIT executionActivated(run.id); });
    if (run.parent)
        add(QStringLiteral("flow"), tr("Open run %1, which started it").arg(formatNumber(run.parent->id)), true,
            [this, run] { Q_EMIT executionActivated(run.parent->id); });
    menu->addSeparator();
    const bool ended = isFinished(run.status) && !run.parent;
    const bool failed = ended && run.status != ExecutionStatus::Completed;
    add(QStringLiteral("play"), tr("Resume from where it ended"), failed,
        [this, run] { Q_EMIT resumeRequested(run.id, false); });
    add(QStringLiteral("play"), tr("Resume with the flow as saved now"), failed,
        [this, run] { Q_EMIT resumeRequested(run.id, true); });
    menu->addSeparator();
    add(QStringLiteral("pin"), run.pinned ? tr("Unpin") : tr("Pin, so that it is kept"), true,
        [this, run] { Q_EMIT pinRequested(run.id, !run.pinned); });
    menu->popup(d->table->viewport()->mapToGlobal(position));
}

void HistoryPanel::reload()
{
    d->start();
}

} // namespace flow
