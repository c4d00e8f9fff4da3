// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/data_panel.h"

#include "look/format.h"
#include "look/json_view.h"
#include "look/small_widgets.h"
#include "model/flow.h"
#include "monitor/panel_bar.h"

#include <QComboBox>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace flow {

class DataPanel::Private
{
public:
    Private(const Look *look_, DataPanel *panel)
        : look(look_)
        , bar(new PanelBar(look_, panel))
        , choice(new QComboBox)
        , edit(new QPushButton(tr("Edit…")))
        , force(new QPushButton(tr("Say what comes of it…")))
        , error(new InlineMessage(look_))
        , input(new JsonView(look_))
        , output(new JsonView(look_))
        , empty(new EmptyState(look_, QStringLiteral("data")))
        , stack(new QStackedWidget(panel))
    {
        choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        choice->setMaximumWidth(360);
        choice->setAccessibleName(tr("Task"));
        bar->add(choice);
        for (QPushButton *button : {edit, force}) {
            setKind(button, ButtonKind::Small);
            bar->add(button);
        }
        edit->setObjectName(QStringLiteral("editContext"));
        force->setObjectName(QStringLiteral("forceResult"));
        input->setObjectName(QStringLiteral("input"));
        output->setObjectName(QStringLiteral("output"));
        auto *page = new QWidget;
        auto *split = new QSplitter(Qt::Horizontal);
        split->setChildrenCollapsible(false);
        split->addWidget(input);
        split->addWidget(output);
        auto *layout = new QVBoxLayout(page);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(0);
        error->setContentsMargins(0, 0, 0, measure::space2);
        auto *errorLine = new QHBoxLayout;
        errorLine->setContentsMargins(measure::space3, 0, measure::space3, 0);
        errorLine->addWidget(error);
        layout->addLayout(errorLine);
        layout->addWidget(newLine(page));
        layout->addWidget(split, 1);
        stack->addWidget(page);
        stack->addWidget(empty);
        explain(0);
    }

    /// Why there is nothing: a run that is under way, or none at all.
    void explain(ExecutionId running)
    {
        if (running)
            empty->setText(tr("Run %1 is under way").arg(formatNumber(running)),
                           tr("What its tasks were given and returned is shown here while it is paused and once it "
                              "has ended."));
        else
            empty->setText(
                tr("No data to show"),
                tr("Run a flow, or open a run from the history, to see what its tasks were given and returned."));
    }

    void fill()
    {
        const QSignalBlocker blocker(choice);
        choice->clear();
        choice->addItem(look->icon(QStringLiteral("flow"), Role::Muted), tr("The whole run"));
        for (const TaskExecution &task : std::as_const(tasks)) {
            const StateLook state = flow::look(task.status);
            const QString number = formatNumber(task.sequenceNumber);
            choice->addItem(look->icon(state.icon, state.role),
                            task.attempt > 1 ? tr("%1  %2, attempt %3").arg(number, task.taskName).arg(task.attempt)
                                             : tr("%1  %2").arg(number, task.taskName));
        }
        if (context)
            choice->addItem(look->icon(QStringLiteral("pause"), Role::Warning),
                            execution.nextTask == endTarget ? tr("Next: the end")
                                                            : tr("Next: %1").arg(execution.nextTask));
    }

    void show()
    {
        const bool nothing = execution.id == 0;
        stack->setCurrentIndex(nothing ? 1 : 0);
        bar->setVisible(!nothing);
        if (nothing)
            return;
        const int row = choice->currentIndex() - 1;
        const bool next = context && row == tasks.size();
        edit->setVisible(next);
        force->setVisible(next && execution.nextTask != endTarget);
        output->setVisible(!next);
        bar->setTitle(tr("Run %1 · %2").arg(formatNumber(execution.id), flow::look(execution.status).word));
        if (next) {
            error->clear();
            input->setValue(execution.nextTask == endTarget ? tr("What the run ends with")
                                                            : tr("What “%1” will see").arg(execution.nextTask),
                            *context, {});
            return;
        }
        if (row < 0 || row >= tasks.size()) {
            error->set(execution.errorMessage);
            input->setValue(tr("Input of the run"), execution.inputContext, {});
            output->setValue(tr("Result"),
                             execution.outputData ? QJsonValue(*execution.outputData)
                                                  : QJsonValue(QJsonValue::Undefined),
                             tr("Only a run that completed has a result."));
            return;
        }
        const TaskExecution &task = tasks[row];
        error->set(task.errorMessage);
        input->setValue(tr("Input"), task.inputData, {});
        output->setValue(tr("Output"), task.outputData.isNull() ? QJsonValue(QJsonValue::Undefined) : task.outputData,
                         tr("This task returned no data."));
    }

    static QString tr(const char *text) { return DataPanel::tr(text); }

    const Look *look;
    Execution execution;
    QList<TaskExecution> tasks;
    std::optional<QJsonObject> context;
    PanelBar *bar;
    QComboBox *choice;
    QPushButton *edit;
    QPushButton *force;
    InlineMessage *error;
    JsonView *input;
    JsonView *output;
    EmptyState *empty;
    QStackedWidget *stack;
};

DataPanel::DataPanel(Look *look, QWidget *parent)
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
    connect(d->edit, &QPushButton::clicked, this, &DataPanel::contextEditRequested);
    connect(d->force, &QPushButton::clicked, this, &DataPanel::resultRequested);
    connect(d->choice, &QComboBox::currentIndexChanged, this, [this] { d->show(); });
    d->show();
}

DataPanel::~DataPanel()
{
    delete d;
}

void DataPanel::clear()
{
    d->execution = {};
    d->tasks.clear();
    d->context.reset();
    d->explain(0);
    d->show();
}

void DataPanel::showUnderWay(ExecutionId id)
{
    clear();
    d->explain(id);
}

void DataPanel::showRecords(const Execution &execution, const QList<TaskExecution> &tasks,
                            const std::optional<QJsonObject> &context)
{
    const bool same = execution.id == d->execution.id;
    // What comes next is what a paused run is looked at for; when it goes on, the whole is shown again.
    const bool hadNext = d->context && d->choice->currentIndex() == d->choice->count() - 1;
    const int chosen = d->choice->currentIndex();
    d->execution = execution;
    d->tasks = tasks;
    d->context = context;
    d->fill();
    if (context)
        d->choice->setCurrentIndex(d->choice->count() - 1);
    else
        d->choice->setCurrentIndex(!hadNext && same && chosen >= 0 && chosen < d->choice->count() ? chosen : 0);
    d->show();
}

void DataPanel::showTask(const QString &taskName)
{
    for (qsizetype i = d->tasks.size() - 1; i >= 0; --i) {
        if (d->tasks[i].taskName == taskName) {
            d->choice->setCurrentIndex(int(i) + 1);
            return;
        }
    }
}

} // namespace flow
