// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/inspector_panel.h"

#include "editor/condition_page.h"
#include "editor/flow_page.h"
#include "editor/inspector_context.h"
#include "editor/page_parts.h"
#include "editor/task_page.h"
#include "look/small_widgets.h"

#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace flow {
namespace {

QString selectionText(const Selection &selection)
{
    const qsizetype tasks = selection.tasks.size();
    const qsizetype conditions = selection.conditions.size();
    QStringList parts;
    if (tasks > 0)
        parts << (tasks == 1 ? InspectorPanel::tr("1 task") : InspectorPanel::tr("%1 tasks").arg(tasks));
    if (conditions > 0)
        parts << (conditions == 1 ? InspectorPanel::tr("1 condition")
                                  : InspectorPanel::tr("%1 conditions").arg(conditions));
    return InspectorPanel::tr("%1 selected").arg(parts.join(InspectorPanel::tr(" and ")));
}

} // namespace

class InspectorPanel::Private
{
public:
    Private(Look *look, InspectorPanel *panel)
        : stack(new QStackedWidget(panel))
        , later(new QTimer(panel))
    {
        later->setSingleShot(true);
        later->setInterval(0);
        context.look = look;
        nothing = new EmptyState(look, QStringLiteral("flow"));
        task = new TaskPage(&context);
        condition = new ConditionPage(&context);
        flow = new FlowPage(&context);
        many = new EmptyState(look, QStringLiteral("copy"));
        nothing->setText(InspectorPanel::tr("Nothing to inspect"),
                         InspectorPanel::tr("Open a flow or make a new one to see its properties here."));
        many->setAction(InspectorPanel::tr("Remove them"));
        for (QWidget *page :
             {static_cast<QWidget *>(nothing), static_cast<QWidget *>(task), static_cast<QWidget *>(condition),
              static_cast<QWidget *>(flow), static_cast<QWidget *>(many)})
            stack->addWidget(page);
    }

    /// Shows what is selected now. Signals only ask for it: one change gives several, and in between a selection may
    /// name what is just being renamed.
    void refresh()
    {
        later->stop();
        if (!context.document) {
            turnTo(nothing);
            return;
        }
        const Selection &selection = context.document->selection();
        const Flow &content = context.document->flow();
        const qsizetype count = selection.tasks.size() + selection.conditions.size();
        if (count > 1) {
            many->setText(selectionText(selection), InspectorPanel::tr("Select one of them to see its properties."));
            many->setAction(context.canEdit() ? InspectorPanel::tr("Remove them") : QString());
            turnTo(many);
        } else if (selection.tasks.size() == 1 && content.task(selection.tasks.first())) {
            const QString name = selection.tasks.first();
            turnTo(task);
            task->showTask(name);
        } else if (selection.conditions.size() == 1 && selection.conditions.first() < content.conditions.size()) {
            const qsizetype index = selection.conditions.first();
            turnTo(condition);
            condition->showCondition(index);
        } else {
            turnTo(flow);
            flow->showFlow();
        }
        tabInLayoutOrder(stack->currentWidget());
    }

    /// The page that goes away first tells what is still only in its fields.
    void turnTo(QWidget *page)
    {
        QWidget *old = stack->currentWidget();
        if (old == page)
            return;
        stack->setCurrentWidget(page);
        if (old == task)
            task->leave();
        else if (old == condition)
            condition->leave();
        else if (old == flow)
            flow->leave();
    }

    InspectorContext context;
    QStackedWidget *stack;
    QTimer *later;
    EmptyState *nothing;
    TaskPage *task;
    ConditionPage *condition;
    FlowPage *flow;
    EmptyState *many;
};

InspectorPanel::InspectorPanel(Look *look, QWidget *parent)
    : QWidget(parent)
    , d(new Private(look, this))
{
    setProperty("surface", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(d->stack);
    setMinimumWidth(260);
    connect(d->many, &EmptyState::actionTriggered, this, [this] {
        if (d->context.canEdit())
            d->context.document->removeSelection();
    });
    connect(d->later, &QTimer::timeout, this, [this] { d->refresh(); });
    connect(look, &Look::changed, d->later, qOverload<>(&QTimer::start));
}

InspectorPanel::~InspectorPanel()
{
    // The pages use the context while they live.
    delete d->stack;
    delete d;
}

void InspectorPanel::setDocument(FlowDocument *document)
{
    if (d->context.document == document)
        return;
    d->turnTo(d->nothing);
    if (d->context.document)
        for (QObject *receiver : {static_cast<QObject *>(this), static_cast<QObject *>(d->later)})
            d->context.document->disconnect(receiver);
    d->context.document = document;
    d->context.trace.reset();
    d->context.records.clear();
    if (document) {
        connect(document, &FlowDocument::contentChanged, d->later, qOverload<>(&QTimer::start));
        connect(document, &FlowDocument::selectionChanged, d->later, qOverload<>(&QTimer::start));
        connect(document, &FlowDocument::issuesChanged, d->later, qOverload<>(&QTimer::start));
        connect(document, &QObject::destroyed, this, [this] { d->refresh(); });
    }
    d->refresh();
}

void InspectorPanel::setExecution(const std::optional<ExecutionTrace> &trace, const QList<TaskExecution> &tasks,
                                  const std::optional<ExecutionId> &resumedFrom)
{
    d->context.trace = trace;
    d->context.records = tasks;
    d->context.resumedFrom = resumedFrom;
    d->task->showExecution();
}

void InspectorPanel::focusField(const QString &field)
{
    d->refresh();
    QWidget *page = d->stack->currentWidget();
    if (page == d->task)
        d->task->focusField(field);
    else if (page == d->condition)
        d->condition->focusField(field);
    else if (page == d->flow)
        d->flow->focusField(field);
}

} // namespace flow
