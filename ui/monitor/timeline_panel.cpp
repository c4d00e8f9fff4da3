// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/timeline_panel.h"

#include "base/clock.h"
#include "look/format.h"
#include "look/small_widgets.h"
#include "monitor/panel_bar.h"
#include "monitor/timeline_view.h"

#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace flow {

class TimelinePanel::Private
{
public:
    Private(const Look *look, TimelinePanel *panel)
        : bar(new PanelBar(look, panel))
        , state(new Pill(look))
        , view(new TimelineView(look))
        , empty(new EmptyState(look, QStringLiteral("timeline")))
        , stack(new QStackedWidget(panel))
        , frame(new QTimer(panel))
    {
        bar->add(state);
        empty->setText(tr("No run to show"),
                       tr("Run a flow, or open one from the history, to see what took how long."));
        stack->addWidget(view);
        stack->addWidget(empty);
        frame->setSingleShot(true);
        frame->setInterval(16);
    }

    void show()
    {
        view->setTimeline(timeline);
        const bool nothing = timeline.executionId() == 0;
        stack->setCurrentIndex(nothing ? 1 : 0);
        bar->setVisible(!nothing);
        const StateLook look = flow::look(timeline.status());
        state->set(nothing ? QString() : look.word, look.role, look.icon);
        showTitle();
    }

    void showTitle()
    {
        if (timeline.executionId() == 0)
            return;
        QStringList parts{tr("Run %1").arg(formatNumber(timeline.executionId()))};
        if (timeline.startedAt())
            parts << tr("started %1")
                         .arg(toDateTime(*timeline.startedAt()).toLocalTime().toString(QStringLiteral("HH:mm:ss")));
        parts << formatDuration(timeline.now(systemClock().now()));
        bar->setTitle(parts.join(QStringLiteral(" · ")));
    }

    static QString tr(const char *text) { return TimelinePanel::tr(text); }

    Timeline timeline;
    PanelBar *bar;
    Pill *state;
    TimelineView *view;
    EmptyState *empty;
    QStackedWidget *stack;
    QTimer *frame; ///< many events of one frame are shown at once
};

TimelinePanel::TimelinePanel(Look *look, QWidget *parent)
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
    setFocusProxy(d->view);
    connect(d->view, &TimelineView::taskActivated, this, &TimelinePanel::taskActivated);
    connect(d->view, &TimelineView::ticked, this, [this] { d->showTitle(); });
    connect(d->frame, &QTimer::timeout, this, [this] { d->show(); });
    d->show();
}

TimelinePanel::~TimelinePanel()
{
    delete d;
}

void TimelinePanel::clear()
{
    d->timeline.clear();
    d->show();
}

void TimelinePanel::apply(const ExecutionEvent &event)
{
    d->timeline.apply(event);
    if (!d->frame->isActive())
        d->frame->start();
}

void TimelinePanel::showRecords(const Execution &execution, const QList<TaskExecution> &tasks)
{
    d->timeline = Timeline::fromRecords(execution, tasks);
    d->show();
}

} // namespace flow
